package io.sessionbridge.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How programs on this machine, and only those, reach the agent: a socket in a folder, a named
 * pipe. Any thread.
 */
@Evolving
public interface ControlTransport {

  /**
   * The addresses of an agent without the key {@code control.path}. The agent and its clients use
   * the first that works.
   *
   * @param dataDir of the agent
   */
  List<String> defaultAddresses(Path dataDir);

  /**
   * What is wrong with an address of the configuration, as {@code must ...}; empty if nothing is.
   */
  Optional<String> problem(String address);

  /**
   * Starts to listen. The caller holds the lock of the agent's data directory, so no other process
   * of that agent listens there.
   *
   * @throws IOException if that fails; the message says what to change
   */
  ControlListener listen(String address) throws IOException;

  /**
   * Connects to an agent, and verifies that it is not another user's program.
   *
   * @param atMost how long to wait while the agent is busy
   * @throws NoListenerException if no agent listens there
   * @throws IOException if the listener does not answer or is not trusted
   */
  ControlConnection connect(String address, Duration atMost) throws IOException;
}
