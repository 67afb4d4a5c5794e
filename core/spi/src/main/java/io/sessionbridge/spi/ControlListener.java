package io.sessionbridge.spi;

import java.io.IOException;

/** Takes local connections. {@link #accept} is called by one thread, the rest by any. */
@Evolving
public interface ControlListener extends AutoCloseable {

  /** Where it listens. */
  String address();

  /** The connections that may be open at the same time. */
  int mostConnections();

  /**
   * Waits for a client.
   *
   * @throws IOException if that fails or the listener was closed
   */
  ControlConnection accept() throws IOException;

  /** Ends {@link #accept}; connections stay open. */
  @Override
  void close();
}
