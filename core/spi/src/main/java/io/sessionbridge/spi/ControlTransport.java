package io.sessionbridge.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How programs of this machine reach the agent, and nobody else: a socket in a folder, a named
 * pipe. Any thread.
 */
@Evolving
public interface ControlTransport {

  /**
   * Where an agent listens that was told nothing else; the first that works counts, for the agent
   * as for its clients.
   *
   * @param dataDir of the agent
   */
  List<String> defaultAddresses(Path dataDir);

  /**
   * What is wrong with an address of the configuration, as {@code must ...}; empty if nothing is.
   */
  Optional<String> problem(String address);

  /**
   * Begins to listen. The caller holds the lock of the agent's data directory, so that nobody else
   * of that agent listens there.
   *
   * @throws IOException with what to change
   */
  ControlListener listen(String address) throws IOException;

  /**
   * Connects to an agent, and makes sure that it is one and not another user's program.
   *
   * @param atMost how long to wait while the agent is busy
   * @throws NobodyListensException if there is nobody to connect to
   * @throws IOException if who listens does not answer or is not to be trusted
   */
  ControlConnection connect(String address, Duration atMost) throws IOException;
}
