package io.sessionbridge.tcp;

import java.io.IOException;
import java.net.Socket;

/**
 * An open connection.
 *
 * @param raw the TCP connection; closing it takes effect at once, whereas closing TLS waits for a
 *     close_notify
 * @param socket the TLS socket over it, or {@code raw} itself
 */
public record Dialed(TimedSocket raw, Socket socket) implements AutoCloseable {

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
