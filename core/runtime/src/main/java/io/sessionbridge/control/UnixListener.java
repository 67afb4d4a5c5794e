package io.sessionbridge.control;

import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlListener;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens at a Unix domain socket; removes the socket when closed. */
final class UnixListener implements ControlListener {

  private static final Logger LOG = LoggerFactory.getLogger(UnixListener.class);
  private static final int MOST_CONNECTIONS = 32;

  private final ServerSocketChannel channel;
  private final Path socket;
  private final UserPrincipal self;
  private final UserPrincipal root;

  /**
   * Takes over a bound channel.
   *
   * @param self the agent's user
   */
  UnixListener(ServerSocketChannel channel, Path socket, UserPrincipal self) throws IOException {
    this.channel = channel;
    this.socket = socket;
    this.self = self;
    this.root = UnixTransport.root();
  }

  @Override
  public String address() {
    return socket.toString();
  }

  @Override
  public int maxConnections() {
    return MOST_CONNECTIONS;
  }

  @Override
  public ControlConnection accept() throws IOException {
    SocketChannel client = channel.accept();
    return new UnixConnection(client, user -> user.equals(self) || user.equals(root));
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      try {
        Files.deleteIfExists(
            socket); // before the close, or it could delete another agent's new socket
      } finally {
        channel.close();
      }
    } catch (IOException e) {
      LOG.debug("{} could not be closed cleanly", socket, e);
    }
  }
}
