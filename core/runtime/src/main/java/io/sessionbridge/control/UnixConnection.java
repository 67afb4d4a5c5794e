package io.sessionbridge.control;

import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection over a Unix domain socket. */
final class UnixConnection implements ControlConnection {

  private static final Logger LOG = LoggerFactory.getLogger(UnixConnection.class);

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Predicate<UserPrincipal> administrators;

  /**
   * Takes over a connected channel, and closes it if that fails.
   *
   * @param administrators the users with all rights
   */
  UnixConnection(SocketChannel channel, Predicate<UserPrincipal> administrators)
      throws IOException {
    this.channel = channel;
    this.administrators = administrators;
    Selector opened = null;
    try {
      opened = Selector.open();
      channel.configureBlocking(false);
      this.selector = opened;
      this.key = channel.register(opened, 0);
    } catch (IOException | RuntimeException e) {
      channel.close();
      if (opened != null) {
        opened.close();
      }
      throw e;
    }
  }

  @Override
  public int read(ByteBuffer into, Duration atMost) throws IOException {
    int count = channel.read(into);
    if (count == 0 && into.hasRemaining() && await(SelectionKey.OP_READ, atMost)) {
      count = channel.read(into);
    }
    return count;
  }

  @Override
  public void write(ByteBuffer from, Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    while (from.hasRemaining()) {
      if (channel.write(from) == 0
          && !await(SelectionKey.OP_WRITE, Duration.ofNanos(end - System.nanoTime()))) {
        throw new IOException("the peer does not read");
      }
    }
  }

  private boolean await(int operation, Duration atMost) throws IOException {
    long millis = (atMost.toNanos() + 999_999) / 1_000_000;
    if (millis <= 0 || !selector.isOpen()) {
      return false;
    }
    try {
      key.interestOps(operation);
      selector.selectedKeys().clear();
      return selector.select(millis) > 0;
    } catch (CancelledKeyException | ClosedSelectorException e) {
      throw closed(e); // by another thread
    }
  }

  private static ClosedChannelException closed(RuntimeException cause) {
    ClosedChannelException closed = new ClosedChannelException();
    closed.initCause(cause);
    return closed;
  }

  /** The kernel identifies the peer. */
  @Override
  public Optional<ControlPeer> peer() throws IOException {
    UserPrincipal user = user();
    return Optional.of(
        new ControlPeer(
            user.getName(),
            administrators.test(user),
            Optional.of(user.getName()),
            Optional.empty()));
  }

  /** The user at the other end: the one who connected, or who listens. */
  UserPrincipal user() throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
  }

  @Override
  public void close() {
    try {
      try {
        channel.close();
      } finally {
        selector.close();
      }
    } catch (IOException e) {
      LOG.debug("a connection could not be closed", e);
    }
  }
}
