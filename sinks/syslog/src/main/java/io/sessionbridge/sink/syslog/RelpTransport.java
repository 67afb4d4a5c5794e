package io.sessionbridge.sink.syslog;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.tcp.Dialer;
import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.tcp.NameService;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends messages that the receiver acknowledges. After any failure a new session begins. */
final class RelpTransport implements Transport {

  private final SyslogSinkConfig config;
  private final Dialer dialer;
  private final Clock clock;
  private @Nullable SyslogConnection connection;
  private @Nullable RelpSession session;

  RelpTransport(SyslogSinkConfig config, NameService names, Clock clock) {
    this.config = config;
    this.dialer = new Dialer(names);
    this.clock = clock;
  }

  @Override
  public void connect() throws IOException {
    close();
    HostPort server = config.server();
    SyslogConnection fresh = SyslogConnection.open(config, dialer, clock, 0);
    try {
      session = RelpSession.open(server, fresh);
    } catch (SocketTimeoutException e) {
      fresh.close();
      throw new IOException(
          server
              + " does not answer within "
              + config.timeout().toSeconds()
              + " s: does it use RELP on this port, and is tls right?",
          e);
    } catch (IOException e) {
      fresh.close();
      throw new IOException("RELP session with " + server + " failed: " + e.getMessage(), e);
    }
    connection = fresh;
  }

  @Override
  public SendResult send(List<byte[]> messages) {
    RelpSession open = session;
    if (open == null) {
      return SendResult.failed(0, "not connected");
    }
    SendResult sent = open.send(messages);
    if (sent.failure().isPresent()) {
      abandon();
    }
    return sent;
  }

  @Override
  public void probe() throws IOException {
    RelpSession open = session;
    if (open == null) {
      throw new IOException("not connected");
    }
    try {
      open.probe();
    } catch (IOException e) {
      abandon();
      throw new IOException("lost the connection to " + config.server() + ": " + e.getMessage(), e);
    }
  }

  private void abandon() {
    SyslogConnection open = connection;
    connection = null;
    session = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    RelpSession open = session;
    SyslogConnection below = connection;
    if (open == null || below == null) {
      return;
    }
    try {
      below.setTimeout(Duration.ofSeconds(1));
      below.limit(Duration.ofSeconds(1));
      open.close();
    } catch (IOException e) {
      return; // acknowledged messages stay acknowledged, and the rest was not settled
    } finally {
      abandon();
    }
  }
}
