package io.sessionbridge.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket with timeouts for reads and writes, which respond to an interrupt; also works as the
 * transport of TLS. One thread may read while another one writes; any thread may close it, which
 * ends both at once.
 */
public final class TimedSocket extends Socket {

  private final TimedChannel channel;

  private TimedSocket(TimedChannel channel) {
    this.channel = channel;
  }

  static TimedSocket connect(InetAddress address, int port, int sendBuffer, Deadline deadline)
      throws IOException {
    return new TimedSocket(TimedChannel.connect(address, port, sendBuffer, deadline));
  }

  /**
   * Sets a deadline for all further reads and writes together: a peer that sends a byte per second
   * gets no more time.
   *
   * @param deadline null = none
   */
  public void limit(@Nullable Deadline deadline) {
    channel.limit(deadline);
  }

  /**
   * @param millis how long a write may wait until the peer accepts data, 0 = no timeout
   */
  public void setWriteTimeout(int millis) {
    channel.setWriteTimeout(millis);
  }

  /**
   * Waits until a read would not block. At the end of the stream it would not block either.
   *
   * @param millis 0 = does not wait
   */
  public boolean awaitInput(int millis) throws IOException {
    return channel.awaitInput(millis);
  }

  /** Whether the connection broke; false after an orderly end or a timeout. */
  public boolean isBroken() {
    return channel.isBroken();
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
        return channel.read(to, offset, length);
      }

      @Override
      public int available() throws IOException {
        return channel.available();
      }

      @Override
      public void close() throws IOException {
        channel.close();
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
        channel.write(from, offset, length);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public synchronized void setSoTimeout(int millis) {
    channel.setReadTimeout(millis);
  }

  @Override
  public synchronized int getSoTimeout() {
    return channel.readTimeout();
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
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
    return true;
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
