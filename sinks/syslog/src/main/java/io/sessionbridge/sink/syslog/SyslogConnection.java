package io.sessionbridge.sink.syslog;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.tcp.Deadline;
import io.sessionbridge.tcp.DialException;
import io.sessionbridge.tcp.Dialed;
import io.sessionbridge.tcp.Dialer;
import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.tcp.Route;
import io.sessionbridge.tcp.TimedSocket;
import io.sessionbridge.tls.TlsDiagnosis;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** A connection to the receiver, plain or by TLS. One thread. */
final class SyslogConnection implements RelpReader.Wire, AutoCloseable {

  /** Longer than any network needs; a sink should answer within some seconds. */
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private static final Duration GOODBYE = Duration.ofSeconds(1);

  /** What a receiver that never answers may say between two batches. */
  private static final int MOST_IGNORED = 64 * 1024;

  private final Clock clock;
  private final Duration timeout;
  private final TimedSocket raw;

  /** The socket over it, by TLS or plain. */
  private final Socket outer;

  private boolean ended;

  private SyslogConnection(Clock clock, Duration timeout, Dialed dialed) {
    this.clock = clock;
    this.timeout = timeout;
    this.raw = dialed.raw();
    this.outer = dialed.socket();
  }

  /**
   * Connects to the first address of the server that answers.
   *
   * @param sendBuffer bytes that the system may hold back, 0 = what it likes
   * @throws IOException with a sentence that names the setting to change
   */
  static SyslogConnection open(SyslogSinkConfig config, Dialer dialer, Clock clock, int sendBuffer)
      throws IOException {
    Route route = new Route(config.server(), Optional.empty(), config.tls(), sendBuffer);
    Duration time = config.timeout().compareTo(CONNECT) < 0 ? config.timeout() : CONNECT;
    try {
      Dialed dialed = dialer.dial(route, new Deadline(clock, time));
      SyslogConnection connection = new SyslogConnection(clock, config.timeout(), dialed);
      connection.setTimeout(config.timeout());
      return connection;
    } catch (DialException e) {
      throw new IOException(explained(e, config), e);
    }
  }

  private static String explained(DialException failure, SyslogSinkConfig config) {
    HostPort server = config.server();
    IOException cause = failure.inStep();
    boolean late = cause instanceof SocketTimeoutException;
    return switch (failure.step()) {
      case NAME -> server.host() + " cannot be resolved: is server right, and does DNS work?";
      case TCP, PROXY -> notReached(server, cause);
      case FILES -> String.valueOf(cause.getMessage());
      case TLS ->
          late
              ? server + " does not answer with TLS: does it use TLS on this port? Check tls"
              : config
                  .tls()
                  .map(tls -> new TlsDiagnosis(tls, server.toString()).explainOrRepeat(cause))
                  .orElse("");
    };
  }

  private static String notReached(HostPort server, IOException cause) {
    if (cause instanceof SocketTimeoutException) {
      return server + " does not answer: is it up, and is server right?";
    }
    if (cause instanceof ConnectException) {
      return server + " refuses connections: is the receiver up, and is the port right?";
    }
    return "no way to " + server + ": " + cause.getMessage();
  }

  /** How long the receiver may be silent or take nothing from now on. */
  void setTimeout(Duration time) throws IOException {
    raw.setWriteTimeout((int) time.toMillis());
    outer.setSoTimeout((int) time.toMillis());
  }

  /**
   * From now on the receiver has its time-out for all that is read and written until the next call
   * or {@link #endLimit}: one byte a second gets it no more.
   */
  void limit() {
    limit(timeout);
  }

  void limit(Duration time) {
    raw.limit(new Deadline(clock, time));
  }

  void endLimit() {
    raw.limit(null);
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
  @Override
  public int read(byte[] to, int offset) throws IOException {
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
  @Override
  public int readSoon(byte[] to, int offset, int millis) throws IOException {
    if (outer.getInputStream().available() == 0 && !raw.awaitInput(millis)) {
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
    for (int all = count; count > 0; all += count) {
      if (all > MOST_IGNORED) {
        throw new IOException("the receiver sends data without end: is it a syslog server?");
      }
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
      limit(GOODBYE);
      probe(0);
      outer.shutdownOutput();
      byte[] ignored = new byte[1024];
      InputStream in = outer.getInputStream();
      while (in.read(ignored) >= 0) {
        // until its end or that of the time
      }
      return !raw.isBroken();
    } catch (IOException e) {
      return false; // gone without a word: nobody knows what it has read
    }
  }

  /** Ends the connection at once. */
  @Override
  public void close() {
    try {
      raw.close(); // not the TLS socket, which would wait to say goodbye
    } catch (IOException e) {
      ended = true; // the system has given it back nevertheless
    }
  }
}
