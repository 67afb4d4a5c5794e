package io.sessionbridge.sink.mqtt;

import io.sessionbridge.tcp.PromptAcknowledgement;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open way to the broker in the shape that Paho asks for. Paho's wish to connect is ignored, for
 * that has been done; so are its read time-outs, which can tear a packet in two.
 *
 * <p>Remembers why reading ended, because Paho tells it of whichever thread was first.
 */
final class OpenSocket extends Socket {

  private final Socket raw;
  private final InputStream in;
  private final OutputStream out;
  private volatile @Nullable IOException readFailure;

  /**
   * @param raw the innermost socket, whose end ends everything
   * @param in what the broker says, after TLS and frames
   */
  OpenSocket(Socket raw, InputStream in, OutputStream out) {
    this.raw = raw;
    this.in = new Remembering(in);
    this.out = out;
  }

  /** Else the broker would hold its last answers back, which a batch waits for. */
  private final class Prompt extends FilterInputStream {
    private final PromptAcknowledgement acknowledgement = PromptAcknowledgement.of(raw);

    Prompt(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      acknowledgement.request();
      return count;
    }
  }

  private final class Remembering extends FilterInputStream {
    Remembering(InputStream in) {
      super(new BufferedInputStream(new Prompt(in)));
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        readFailure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        readFailure = e;
        throw e;
      }
    }
  }

  /** Why reading failed; empty if it did not, or ended in order. */
  Optional<IOException> readFailure() {
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

  /** Ends both directions at once, also while a thread is inside a read or a write. */
  @Override
  public synchronized void close() throws IOException {
    raw.close();
  }
}
