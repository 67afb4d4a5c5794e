package io.sessionbridge.sink.syslog;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.tcp.Dialer;
import io.sessionbridge.tcp.NameService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream of messages (RFC 6587), with TLS if configured (RFC 5425). The receiver never answers,
 * so a message counts as delivered when the system accepted it. Three measures limit the resulting
 * loss:
 *
 * <ul>
 *   <li>before each batch, the sink checks whether the receiver has closed the connection;
 *   <li>the send buffer of the system is small;
 *   <li>the messages written last are kept and sent again over the next connection, unless the
 *       receiver read everything and closed in an orderly way.
 * </ul>
 */
final class TcpTransport implements Transport {

  private static final int SEND_BUFFER = 16 * 1024;
  private static final int CHUNK = 16 * 1024;
  private static final int PROBE_MILLIS = 1;

  private final SyslogSinkConfig config;
  private final Dialer dialer;
  private final Clock clock;
  private final ReplayWindow window;
  private final Metrics.Counter resent;
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(2 * CHUNK);
  private @Nullable SyslogConnection connection;

  TcpTransport(SyslogSinkConfig config, NameService names, Clock clock, Metrics metrics) {
    this.config = config;
    this.dialer = new Dialer(names);
    this.clock = clock;
    this.window = new ReplayWindow(config.replayBytes(), config.replayAge(), clock);
    this.resent =
        metrics.counter(
            "syslog_replayed_total", "Messages sent again because a connection was lost.");
  }

  @Override
  public void connect() throws IOException {
    close();
    SyslogConnection fresh = SyslogConnection.open(config, dialer, clock, SEND_BUFFER);
    try {
      replay(fresh);
    } catch (IOException e) {
      fresh.close();
      throw new IOException("lost the connection to " + config.server() + ": " + e.getMessage(), e);
    }
    connection = fresh;
  }

  private void replay(SyslogConnection fresh) throws IOException {
    chunk.reset();
    int messages =
        window.show(
            message -> {
              config.framing().append(message, chunk);
              if (chunk.size() >= CHUNK) {
                fresh.limit();
                fresh.write(chunk);
                chunk.reset();
              }
            });
    fresh.limit();
    fresh.write(chunk);
    fresh.endLimit();
    resent.add(messages);
  }

  @Override
  public SendResult send(List<byte[]> messages) {
    int settled = 0;
    try {
      SyslogConnection open = open();
      open.limit();
      open.probe(PROBE_MILLIS);
      chunk.reset();
      for (int i = 0; i < messages.size(); i++) {
        config.framing().append(messages.get(i), chunk);
        if (chunk.size() >= CHUNK || i == messages.size() - 1) {
          open.limit();
          open.write(chunk);
          chunk.reset();
          window.add(messages.subList(settled, i + 1));
          settled = i + 1;
        }
      }
      open.endLimit();
      return SendResult.all(settled);
    } catch (IOException e) {
      abandon();
      return SendResult.failed(
          settled, "lost the connection to " + config.server() + ": " + e.getMessage());
    }
  }

  private SyslogConnection open() throws IOException {
    SyslogConnection open = connection;
    if (open == null) {
      throw new IOException("not connected");
    }
    return open;
  }

  @Override
  public void probe() throws IOException {
    try {
      SyslogConnection open = open();
      open.limit();
      open.probe(PROBE_MILLIS);
      open.endLimit();
    } catch (IOException e) {
      abandon();
      throw new IOException("lost the connection to " + config.server() + ": " + e.getMessage(), e);
    }
  }

  private void abandon() {
    SyslogConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    SyslogConnection open = connection;
    connection = null;
    if (open != null && open.finish()) {
      window.clear();
    }
  }
}
