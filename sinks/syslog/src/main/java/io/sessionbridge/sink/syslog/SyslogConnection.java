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

/** A connection to the receiver, with or without TLS. For use by one thread. */
final class SyslogConnection implements RelpReader.Input, AutoCloseable {

  /** More than any network needs; connect should return within seconds. */
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private static final Duration FINISH = Duration.ofSeconds(1);

  /** How much a receiver without answers may send between two batches, in bytes. */
  private static final int MOST_IGNORED = 64 * 1024;

  private final Clock clock;
  private final Duration timeout;
  private final TimedSocket raw;

  /** The TLS socket over it, or the same socket. */
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
   * @param sendBuffer size of the send buffer in bytes, 0 = the default of the system
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
    return "cannot connect to " + server + ": " + cause.getMessage();
  }

  /** Sets the timeout of reads and writes. */
  void setTimeout(Duration time) throws IOException {
    raw.setWriteTimeout((int) time.toMillis());
    outer.setSoTimeout((int) time.toMillis());
  }

  /**
   * Starts the timeout for all reads and writes together until the next call or {@link #endLimit}:
   * a receiver that sends a byte per second does not extend it.
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

  /** Writes all collected bytes at once. */
  void write(ByteArrayOutputStream bytes) throws IOException {
    bytes.writeTo(outer.getOutputStream());
  }

  /**
   * Reads available bytes, or waits for some.
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
   * Like {@link #read}, but with a time limit.
   *
   * @param millis how long to wait
   * @return how many bytes, 0 if none arrived
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
      return 0; // a TLS record without application data
    } finally {
      if (!outer.isClosed()) {
        outer.setSoTimeout(usual);
      }
    }
  }

  /**
   * Checks whether a receiver without answers has closed the connection; ignores what it sends.
   *
   * @param millis how long to wait
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
   * Closes the connection in an orderly way and waits for the receiver to do the same.
   *
   * @return true if the receiver closed after everything was sent, so that it must have read all
   */
  boolean finish() {
    if (ended) {
      close();
      return false;
    }
    try (this) {
      setTimeout(FINISH);
      limit(FINISH);
      probe(0);
      outer.shutdownOutput();
      byte[] ignored = new byte[1024];
      InputStream in = outer.getInputStream();
      while (in.read(ignored) >= 0) {
        // until the end of the stream or a timeout
      }
      return !raw.isBroken();
    } catch (IOException e) {
      return false; // not closed in an orderly way: what it has read is unknown
    }
  }

  /** Closes the connection at once. */
  @Override
  public void close() {
    try {
      raw.close(); // closing the TLS socket would wait for a close_notify
    } catch (IOException e) {
      ended = true; // the system has released it nevertheless
    }
  }
}
