package io.sessionbridge.sink.syslog;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A connected TCP socket whose writes end in time as its reads do, and which an interrupt of its
 * thread ends. The JDK's own socket blocks in a write for as long as a receiver takes nothing. It
 * is a {@link Socket} so that TLS can be put over it. One thread.
 */
final class TimedSocket extends Socket {

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private int readMillis;
  private int writeMillis;

  /** A byte that {@link #available} has read ahead; negative = none. */
  private int peeked = -1;

  private TimedSocket(SocketChannel channel, Selector selector, int millis) throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.key = channel.register(selector, SelectionKey.OP_CONNECT);
    this.readMillis = millis;
    this.writeMillis = millis;
  }

  /**
   * Connects.
   *
   * @param sendBuffer bytes that the system may hold back, 0 = what it likes
   * @param millis how long connecting, a read or a write may take without any progress
   */
  static TimedSocket connect(InetAddress address, int port, int sendBuffer, int millis)
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
      TimedSocket socket = new TimedSocket(channel, selector, millis);
      boolean connected = channel.connect(new InetSocketAddress(address, port));
      if (!connected && !socket.await(SelectionKey.OP_CONNECT, millis)) {
        throw new SocketTimeoutException("no connection within " + millis + " ms");
      }
      if (!connected && !channel.finishConnect()) {
        throw new SocketException("not connected");
      }
      return socket;
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

  private int read(byte[] to, int offset, int length) throws IOException {
    if (peeked >= 0 && length > 0) {
      to[offset] = (byte) peeked;
      peeked = -1;
      return 1;
    }
    ByteBuffer buffer = ByteBuffer.wrap(to, offset, length);
    while (true) {
      int read = channel.read(buffer);
      if (read != 0 || length == 0) {
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
  private int available() throws IOException {
    if (peeked < 0) {
      ByteBuffer one = ByteBuffer.allocate(1);
      peeked = channel.read(one) == 1 ? one.get(0) & 0xFF : -1;
    }
    return peeked < 0 ? 0 : 1;
  }

  private void write(byte[] from, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(from, offset, length);
    while (buffer.hasRemaining()) {
      if (write(buffer) == 0 && !await(SelectionKey.OP_WRITE, writeMillis)) {
        throw new SocketTimeoutException("it took nothing for " + writeMillis + " ms");
      }
    }
  }

  /** A channel says of a broken connection less than a socket, by which TLS tells it apart. */
  private int write(ByteBuffer buffer) throws IOException {
    try {
      return channel.write(buffer);
    } catch (SocketException e) {
      throw e;
    } catch (IOException e) {
      SocketException broken = new SocketException(e.getMessage());
      broken.initCause(e);
      throw broken;
    }
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return TimedSocket.this.read(to, offset, length);
      }

      @Override
      public int available() throws IOException {
        return TimedSocket.this.available();
      }

      @Override
      public void close() throws IOException {
        TimedSocket.this.close();
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        TimedSocket.this.write(from, offset, length);
      }

      @Override
      public void close() throws IOException {
        TimedSocket.this.close();
      }
    };
  }

  @Override
  public synchronized void setSoTimeout(int millis) {
    readMillis = millis;
  }

  @Override
  public synchronized int getSoTimeout() {
    return readMillis;
  }

  @Override
  public synchronized void close() throws IOException {
    try (selector) {
      channel.close();
    }
  }

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public boolean isInputShutdown() {
    return channel.socket().isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return channel.socket().isOutputShutdown();
  }

  @Override
  public InetAddress getInetAddress() {
    return channel.socket().getInetAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return channel.socket().getLocalAddress();
  }

  @Override
  public int getPort() {
    return channel.socket().getPort();
  }

  @Override
  public int getLocalPort() {
    return channel.socket().getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return channel.socket().getRemoteSocketAddress();
  }

  @Override
  public int getSoLinger() throws SocketException {
    return channel.socket().getSoLinger();
  }

  @Override
  public void setSoLinger(boolean on, int linger) throws SocketException {
    channel.socket().setSoLinger(on, linger);
  }

  @Override
  public boolean getTcpNoDelay() throws SocketException {
    return channel.socket().getTcpNoDelay();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    channel.socket().setTcpNoDelay(on);
  }
}
