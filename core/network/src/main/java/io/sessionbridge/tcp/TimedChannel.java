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
 * A TCP connection with timeouts for reads and writes, which respond to an interrupt. The JDK's
 * socket blocks in a write for as long as the receiver reads nothing.
 *
 * <p>One thread may read while another one writes; any thread may close it.
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

  /** The byte that {@link #available} has read ahead; negative = none. */
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
   * @param sendBuffer size of the send buffer in bytes, 0 = the default of the system
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
   * Waits until a read would not block. At the end of the stream it would not block either.
   *
   * @param millis 0 = does not wait
   */
  boolean awaitInput(int millis) throws IOException {
    return peeked >= 0 || (millis == 0 ? isReadable() : await(readable, millis));
  }

  private boolean isReadable() throws IOException {
    readable.selectedKeys().clear();
    return readable.selectNow() > 0;
  }

  /**
   * @param millis timeout of a read, 0 = none
   */
  void setReadTimeout(int millis) {
    readMillis = millis;
  }

  int readTimeout() {
    return readMillis;
  }

  /**
   * @param millis how long a write may wait until the peer accepts data, 0 = no timeout
   */
  void setWriteTimeout(int millis) {
    writeMillis = millis;
  }

  /** Sets a deadline for all reads and writes together; null = none. */
  void limit(@Nullable Deadline deadline) {
    limit = deadline;
  }

  /** The time left for the next wait, 0 = unlimited. */
  private int waitLimit(int millis) throws SocketTimeoutException {
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

  /** The timeout for messages: a deadline may have shortened the wait slightly. */
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

  /** See {@link java.io.InputStream#read(byte[], int, int)}. */
  int read(byte[] to, int offset, int length) throws IOException {
    if (peeked >= 0 && length > 0) {
      to[offset] = (byte) peeked;
      peeked = -1;
      return 1;
    }
    ByteBuffer buffer = ByteBuffer.wrap(to, offset, length);
    while (true) {
      int millis = waitLimit(readMillis);
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
   * Returns at least 1 if there is data. The end of the stream counts as no data: TLS skips
   * available data before it closes, and would loop. For the same reason there is no data after the
   * deadline, or a peer that keeps sending would block the thread.
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
      int millis = waitLimit(writeMillis);
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

  /** A channel throws an IOException where a socket throws a SocketException, which TLS expects. */
  private SocketException broken(IOException failure) {
    broken = true;
    if (failure instanceof SocketException known) {
      return known;
    }
    SocketException broken = new SocketException(failure.getMessage());
    broken.initCause(failure);
    return broken;
  }

  /** Whether the connection broke; false after an orderly end or a timeout. */
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

  /** Also wakes up a waiting thread. */
  @Override
  public void close() throws IOException {
    try (readable;
        writable) {
      channel.close();
    }
  }
}
