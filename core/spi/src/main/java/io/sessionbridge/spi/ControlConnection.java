package io.sessionbridge.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A local connection between the agent and a client. Used by one thread at a time; any thread may
 * call {@link #close}, which ends a waiting call.
 */
@Evolving
public interface ControlConnection extends AutoCloseable {

  /**
   * Reads the available bytes, or waits for some.
   *
   * @param atMost how long to wait; zero does not wait
   * @return the number of bytes read, 0 after a timeout, -1 at the end
   */
  int read(ByteBuffer into, Duration atMost) throws IOException;

  /**
   * Writes everything.
   *
   * @throws IOException also if the other side did not read it within that time
   */
  void write(ByteBuffer from, Duration atMost) throws IOException;

  /**
   * Identifies the client; for the agent's side. Empty while the system does not know it yet: on
   * Windows, until something was read.
   *
   * @throws IOException if the system cannot identify it
   */
  Optional<ControlPeer> peer() throws IOException;

  @Override
  void close();
}
