package io.sessionbridge.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A local connection between the agent and a client. One thread at a time uses it; {@link #close}
 * may be called by any and ends what waits.
 */
@Evolving
public interface ControlConnection extends AutoCloseable {

  /**
   * Reads what is there, or waits for it.
   *
   * @param atMost how long to wait; zero looks once
   * @return the bytes read, 0 if the time was over, -1 at the end
   */
  int read(ByteBuffer into, Duration atMost) throws IOException;

  /**
   * Writes everything.
   *
   * @throws IOException also if the other side did not take it in that time
   */
  void write(ByteBuffer from, Duration atMost) throws IOException;

  /**
   * Who is at the other end; for the agent's side. Empty as long as the system cannot tell it,
   * which on Windows is until something was read.
   *
   * @throws IOException if it cannot be found out
   */
  Optional<ControlPeer> peer() throws IOException;

  @Override
  void close();
}
