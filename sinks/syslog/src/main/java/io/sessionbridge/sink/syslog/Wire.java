package io.sessionbridge.sink.syslog;

import io.sessionbridge.tls.TlsSettings;
import io.sessionbridge.tls.TlsSocketFactory;
import io.sessionbridge.tls.TlsTrouble;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** A connection to the receiver, plain or by TLS. One thread. */
final class Wire implements AutoCloseable {

  /** Longer than any network needs; a sink should answer within some seconds. */
  private static final int CONNECT_MILLIS = 10_000;

  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final TimedChannel channel;

  /** The socket over it, by TLS or plain. */
  private final Socket outer;

  private boolean ended;

  private Wire(TimedChannel channel, Socket outer) {
    this.channel = channel;
    this.outer = outer;
  }

  /**
   * Connects to the first address of the server that answers.
   *
   * @param sendBuffer bytes that the system may hold back, 0 = what it likes
   * @throws IOException with a sentence that names the setting to change
   */
  static Wire open(SyslogSinkConfig config, NameService names, int sendBuffer) throws IOException {
    Server server = config.server();
    int millis = Math.min(CONNECT_MILLIS, (int) config.timeout().toMillis());
    TimedChannel channel = connect(server, names, sendBuffer, millis);
    try {
      TimedSocket plain = new TimedSocket(channel);
      Optional<TlsSettings> tls = config.tls();
      Socket outer = tls.isEmpty() ? plain : encrypt(server, tls.get(), plain, millis);
      Wire wire = new Wire(channel, outer);
      wire.setTimeout(config.timeout());
      return wire;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static TimedChannel connect(Server server, NameService names, int sendBuffer, int millis)
      throws IOException {
    IOException last = new IOException(server + " has no address");
    for (InetAddress address : server.resolve(names)) {
      try {
        return TimedChannel.connect(address, server.port(), sendBuffer, millis);
      } catch (InterruptedIOException e) {
        if (!(e instanceof SocketTimeoutException)) {
          throw e;
        }
        last = new IOException(server + " does not answer: is it up, and is server right?", e);
      } catch (ConnectException e) {
        last =
            new IOException(
                server + " refuses connections: is the receiver up, and is the port right?", e);
      } catch (IOException e) {
        last = new IOException("no way to " + server + ": " + e.getMessage(), e);
      }
    }
    throw last;
  }

  private static Socket encrypt(Server server, TlsSettings tls, TimedSocket socket, int millis)
      throws IOException {
    TlsSocketFactory factory = TlsSocketFactory.open(tls);
    try {
      return factory.connect(socket, server.host(), server.port(), Duration.ofMillis(millis));
    } catch (SocketTimeoutException e) {
      throw new IOException(
          server + " does not answer in TLS: does it speak it at this port? Check tls", e);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(new TlsTrouble(tls, server.toString()).explainOrRepeat(e), e);
    }
  }

  /** How long the receiver may be silent or take nothing from now on. */
  void setTimeout(Duration timeout) throws IOException {
    channel.setWriteTimeout((int) timeout.toMillis());
    outer.setSoTimeout((int) timeout.toMillis());
  }

  /** Writes all that was collected in one piece. */
  void write(ByteArrayOutputStream bytes) throws IOException {
    bytes.writeTo(outer.getOutputStream());
  }

  /**
   * Reads what is there, or waits for it.
   *
   * @return how many bytes, at least one
   * @throws EOFException at the end of the stream
   */
  int read(byte[] to, int offset) throws IOException {
    int count = outer.getInputStream().read(to, offset, to.length - offset);
    if (count < 0) {
      ended = true;
      throw new EOFException("the receiver closed the connection");
    }
    return count;
  }

  /**
   * As {@link #read}, but does not wait for long.
   *
   * @param millis how long to wait
   * @return how many bytes, 0 if none came
   */
  int readSoon(byte[] to, int offset, int millis) throws IOException {
    if (outer.getInputStream().available() == 0 && !channel.awaitInput(millis)) {
      return 0;
    }
    int usual = outer.getSoTimeout();
    outer.setSoTimeout(1);
    try {
      return read(to, offset);
    } catch (SocketTimeoutException e) {
      return 0; // a record of TLS without content for us
    } finally {
      if (!outer.isClosed()) {
        outer.setSoTimeout(usual);
      }
    }
  }

  /**
   * Looks whether a receiver that never speaks has closed the connection; what it says is ignored.
   *
   * @param millis how long to wait for it
   * @throws IOException if it has, or the connection broke
   */
  void probe(int millis) throws IOException {
    byte[] ignored = new byte[1024];
    int count = readSoon(ignored, 0, millis);
    while (count > 0) {
      count = readSoon(ignored, 0, 0);
    }
  }

  /**
   * Ends the connection in order and waits for the receiver to do the same.
   *
   * @return true if it did after we had said all, so that it must have read all
   */
  boolean finish() {
    if (ended) {
      close();
      return false;
    }
    try (this) {
      setTimeout(GOODBYE);
      probe(0);
      outer.shutdownOutput();
      byte[] ignored = new byte[1024];
      InputStream in = outer.getInputStream();
      long end = System.nanoTime() + GOODBYE.toNanos();
      while (System.nanoTime() - end < 0) {
        if (in.read(ignored) < 0) {
          return !channel.isBroken();
        }
      }
      return false;
    } catch (IOException e) {
      return false; // gone without a word: nobody knows what it has read
    }
  }

  /** Ends the connection at once. */
  @Override
  public void close() {
    try {
      channel.close(); // not the TLS socket, which would wait to say goodbye
    } catch (IOException e) {
      ended = true; // the system has given it back nevertheless
    }
  }
}
