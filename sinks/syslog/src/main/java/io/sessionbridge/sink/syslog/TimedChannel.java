package io.sessionbridge.sink.syslog;

import io.sessionbridge.tcp.PromptAcknowledgement;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A TCP connection whose writes end in time as its reads do, and which an interrupt of its thread
 * ends. The JDK's own socket blocks in a write for as long as a receiver takes nothing. One thread.
 */
final class TimedChannel implements AutoCloseable {

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final PromptAcknowledgement acknowledgement;
  private int readMillis;
  private int writeMillis;
  private boolean broken;

  /** A byte that {@link #available} has read ahead; negative = none. */
  private int peeked = -1;

  private TimedChannel(SocketChannel channel, Selector selector, int millis) throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.key = channel.register(selector, SelectionKey.OP_CONNECT);
    this.acknowledgement = PromptAcknowledgement.of(channel.socket());
    this.readMillis = millis;
    this.writeMillis = millis;
  }

  /**
   * Connects.
   *
   * @param sendBuffer bytes that the system may hold back, 0 = what it likes
   * @param millis how long connecting, a read or a write may take without any progress
   */
  static TimedChannel connect(InetAddress address, int port, int sendBuffer, int millis)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    Selector selector = null;
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      if (sendBuffer > 0) {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBuffer);
      }
      selector = Selector.open();
      TimedChannel timed = new TimedChannel(channel, selector, millis);
      boolean connected = channel.connect(new InetSocketAddress(address, port));
      if (!connected && !timed.await(SelectionKey.OP_CONNECT, millis)) {
        throw new SocketTimeoutException("no connection within " + millis + " ms");
      }
      if (!connected && !channel.finishConnect()) {
        throw new SocketException("not connected");
      }
      return timed;
    } catch (IOException | RuntimeException e) {
      channel.close();
      if (selector != null) {
        selector.close();
      }
      throw e;
    }
  }

  /** Waits until a read would not block, which it also does not at the end of the stream. */
  boolean awaitInput(int millis) throws IOException {
    return peeked >= 0 || await(SelectionKey.OP_READ, millis);
  }

  void setReadTimeout(int millis) {
    readMillis = millis;
  }

  int readTimeout() {
    return readMillis;
  }

  void setWriteTimeout(int millis) {
    writeMillis = millis;
  }

  private boolean await(int operation, int millis) throws IOException {
    key.interestOps(operation);
    selector.selectedKeys().clear();
    int ready = millis == 0 ? selector.selectNow() : selector.select(millis);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    return ready > 0;
  }

  /** As {@link java.io.InputStream#read(byte[], int, int)}. */
  int read(byte[] to, int offset, int length) throws IOException {
    if (peeked >= 0 && length > 0) {
      to[offset] = (byte) peeked;
      peeked = -1;
      return 1;
    }
    ByteBuffer buffer = ByteBuffer.wrap(to, offset, length);
    while (true) {
      int read = readNow(buffer);
      if (read != 0 || length == 0) {
        acknowledgement.request();
        return read;
      }
      if (!await(SelectionKey.OP_READ, readMillis)) {
        throw new SocketTimeoutException("no answer within " + readMillis + " ms");
      }
    }
  }

  /**
   * At least one, if there is something to read. The end of the stream is nothing to read: TLS
   * skips what is available before it closes, and would do so for ever.
   */
  int available() throws IOException {
    if (peeked < 0) {
      ByteBuffer one = ByteBuffer.allocate(1);
      peeked = readNow(one) == 1 ? one.get(0) & 0xFF : -1;
    }
    return peeked < 0 ? 0 : 1;
  }

  void write(byte[] from, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(from, offset, length);
    while (buffer.hasRemaining()) {
      if (writeNow(buffer) == 0 && !await(SelectionKey.OP_WRITE, writeMillis)) {
        throw new SocketTimeoutException("it took nothing for " + writeMillis + " ms");
      }
    }
  }

  private int readNow(ByteBuffer to) throws IOException {
    try {
      return channel.read(to);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private int writeNow(ByteBuffer from) throws IOException {
    try {
      return channel.write(from);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** A channel says of a broken connection less than a socket, by which TLS tells it apart. */
  private SocketException broken(IOException failure) {
    broken = true;
    if (failure instanceof SocketException known) {
      return known;
    }
    SocketException said = new SocketException(failure.getMessage());
    said.initCause(failure);
    return said;
  }

  /** Whether the connection broke, which is more than an end or a long silence. */
  boolean isBroken() {
    return broken;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  /** For its addresses and options; not for reading and writing. */
  Socket socket() {
    return channel.socket();
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      channel.close();
    }
  }
}
