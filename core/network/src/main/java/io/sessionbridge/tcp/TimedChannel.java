package io.sessionbridge.tcp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection whose writes end in time as its reads do, and which an interrupt of its thread
 * ends. The JDK's own socket blocks in a write for as long as a receiver takes nothing.
 *
 * <p>One thread may read while another one writes; any thread may close.
 */
final class TimedChannel implements AutoCloseable {

  private final SocketChannel channel;
  private final Selector readable;
  private final Selector writable;
  private final SelectionKey writeKey;
  private final PromptAcknowledgement acknowledgement;
  private volatile int readMillis;
  private volatile int writeMillis;
  private volatile boolean broken;
  private volatile @Nullable Deadline limit;

  /** A byte that {@link #available} has read ahead; negative = none. */
  private int peeked = -1;

  private TimedChannel(SocketChannel channel, Selector readable, Selector writable)
      throws IOException {
    this.channel = channel;
    this.readable = readable;
    this.writable = writable;
    this.writeKey = channel.register(writable, SelectionKey.OP_CONNECT);
    this.acknowledgement = PromptAcknowledgement.of(channel.socket());
  }

  /**
   * Connects.
   *
   * @param sendBuffer bytes that the system may hold back, 0 = what it likes
   */
  static TimedChannel connect(InetAddress address, int port, int sendBuffer, Deadline deadline)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    Selector readable = null;
    Selector writable = null;
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      if (sendBuffer > 0) {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBuffer);
      }
      readable = Selector.open();
      writable = Selector.open();
      TimedChannel timed = new TimedChannel(channel, readable, writable);
      timed.connect(new InetSocketAddress(address, port), deadline);
      return timed;
    } catch (IOException | RuntimeException e) {
      channel.close();
      if (readable != null) {
        readable.close();
      }
      if (writable != null) {
        writable.close();
      }
      throw e;
    }
  }

  private void connect(InetSocketAddress address, Deadline deadline) throws IOException {
    int millis = deadline.leftMillis();
    if (!channel.connect(address)) {
      if (!await(writable, millis)) {
        throw new SocketTimeoutException("no connection within " + millis + " ms");
      }
      if (!channel.finishConnect()) {
        throw new SocketException("not connected");
      }
    }
    writeKey.interestOps(SelectionKey.OP_WRITE);
    channel.register(readable, SelectionKey.OP_READ);
  }

  /**
   * Waits until a read would not block, which it also does not at the end of the stream.
   *
   * @param millis 0 = looks and does not wait
   */
  boolean awaitInput(int millis) throws IOException {
    return peeked >= 0 || (millis == 0 ? isReadable() : await(readable, millis));
  }

  private boolean isReadable() throws IOException {
    readable.selectedKeys().clear();
    return readable.selectNow() > 0;
  }

  /**
   * @param millis that a read may wait, 0 = for ever
   */
  void setReadTimeout(int millis) {
    readMillis = millis;
  }

  int readTimeout() {
    return readMillis;
  }

  /**
   * @param millis that a write may wait until the peer takes something, 0 = for ever
   */
  void setWriteTimeout(int millis) {
    writeMillis = millis;
  }

  /** Reads and writes end at the deadline, however often they are called; null = no such end. */
  void limit(@Nullable Deadline deadline) {
    limit = deadline;
  }

  /** How long to wait now, 0 = for ever. */
  private int patience(int millis) throws SocketTimeoutException {
    Deadline end = limit;
    if (end == null) {
      return millis;
    }
    long left = end.left().toMillis();
    if (left == 0) {
      throw new SocketTimeoutException("no complete answer in time");
    }
    return (int) (millis == 0 ? left : Math.min(millis, left));
  }

  /** For messages: a deadline may have cut the time-out a little short. */
  private static int named(int timeout, int waited) {
    return timeout == 0 ? waited : timeout;
  }

  private static boolean await(Selector selector, int millis) throws IOException {
    try {
      selector.selectedKeys().clear();
      int ready = selector.select(millis);
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted");
      }
      return ready > 0;
    } catch (ClosedSelectorException e) {
      throw new SocketException("closed");
    }
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
      int millis = patience(readMillis);
      int read = readNow(buffer);
      if (read != 0 || length == 0) {
        acknowledgement.request();
        return read;
      }
      if (!await(readable, millis) && millis > 0) {
        throw new SocketTimeoutException("no answer within " + named(readMillis, millis) + " ms");
      }
    }
  }

  /**
   * At least one, if there is something to read. The end of the stream is nothing to read: TLS
   * skips what is available before it closes, and would do so for ever. For the same reason there
   * is nothing to read after the deadline, else a peer that sends without end would hold the
   * thread.
   */
  int available() throws IOException {
    Deadline end = limit;
    if (end != null && end.left().isZero()) {
      return 0;
    }
    if (peeked < 0) {
      ByteBuffer one = ByteBuffer.allocate(1);
      peeked = readNow(one) == 1 ? one.get(0) & 0xFF : -1;
    }
    return peeked < 0 ? 0 : 1;
  }

  void write(byte[] from, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(from, offset, length);
    while (buffer.hasRemaining()) {
      int millis = patience(writeMillis);
      if (writeNow(buffer) == 0 && !await(writable, millis) && millis > 0) {
        throw new SocketTimeoutException(
            "it accepted nothing for " + named(writeMillis, millis) + " ms");
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

  /** Also wakes up a thread that waits. */
  @Override
  public void close() throws IOException {
    try (readable;
        writable) {
      channel.close();
    }
  }
}
