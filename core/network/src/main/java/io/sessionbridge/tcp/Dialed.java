package io.sessionbridge.tcp;

import java.io.IOException;
import java.net.Socket;

/**
 * An open connection.
 *
 * @param raw the TCP connection, whose end ends everything at once; TLS would wait to say goodbye
 * @param socket over it, by TLS or {@code raw} itself
 */
public record Dialed(TimedSocket raw, Socket socket) implements AutoCloseable {

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
