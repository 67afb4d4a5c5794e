package io.sessionbridge.spi;

import java.io.IOException;

/** Accepts local connections. One thread calls {@link #accept}; any thread may call the rest. */
@Evolving
public interface ControlListener extends AutoCloseable {

  /** The address it listens on. */
  String address();

  /** The maximum number of open connections. */
  int maxConnections();

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
