package io.sessionbridge.sink.mqtt.link;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * An open connection to the broker as the socket that Paho expects. Ignores Paho's connect, because
 * it is already connected, and Paho's read timeouts, which can split a packet.
 *
 * <p>Reads nothing before the CONNECT is written. Paho waits until its reader thread runs; if a
 * broker closes at once, that thread ends before Paho sees it running. Paho would then wait
 * forever, and each connect would leak a thread.
 *
 * <p>Records why reading ended, because Paho reports the failure of whichever thread was first.
 */
public final class OpenSocket extends Socket {

  private final Socket raw;
  private final InputStream in;
  private final OutputStream out;
  private final CountDownLatch written = new CountDownLatch(1);
  private volatile @Nullable IOException readFailure;

  /**
   * @param raw the TCP socket; closing it ends everything
   * @param in the bytes of the broker, after TLS and WebSocket
   */
  public OpenSocket(Socket raw, InputStream in, OutputStream out) {
    this.raw = raw;
    this.in = new Remembering(in);
    this.out = new Opening(out);
  }

  private final class Opening extends FilterOutputStream {
    Opening(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } finally {
        written.countDown();
      }
    }
  }

  private void awaitWritten() throws InterruptedIOException {
    try {
      written.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private final class Remembering extends FilterInputStream {
    Remembering(InputStream in) {
      super(in);
    }

    /** Paho calls this before each read; a broken connection would end the reader too early. */
    @Override
    public int available() throws IOException {
      return written.getCount() > 0 ? 0 : super.available();
    }

    @Override
    public int read() throws IOException {
      awaitWritten();
      try {
        return super.read();
      } catch (IOException e) {
        readFailure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      awaitWritten();
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        readFailure = e;
        throw e;
      }
    }
  }

  /** Why reading failed; empty if it did not, or the stream ended normally. */
  public Optional<IOException> readFailure() {
    return Optional.ofNullable(readFailure);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) {}

  @Override
  public void setSoTimeout(int timeout) {}

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public void shutdownInput() {}

  /** Closes both directions at once, even while a thread is inside a read or a write. */
  @Override
  public synchronized void close() throws IOException {
    raw.close();
    written.countDown();
  }
}
