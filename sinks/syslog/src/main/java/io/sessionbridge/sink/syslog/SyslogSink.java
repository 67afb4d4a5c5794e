package io.sessionbridge.sink.syslog;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.tcp.NameService;
import java.io.IOException;
import java.util.List;

/** Converts events to messages and sends them with a transport. */
final class SyslogSink implements Sink {

  private final HostPort server;
  private final MessageEncoder encoder;
  private final Transport transport;
  private final Metrics.Counter messages;
  private final Metrics.Counter connections;
  private final Metrics.Counter truncated;
  private volatile Health health = Health.degraded("not connected yet");

  SyslogSink(SinkContext context, SyslogSinkConfig config) {
    this(context, config, NameService.SYSTEM);
  }

  SyslogSink(SinkContext context, SyslogSinkConfig config, NameService names) {
    this.server = config.server();
    this.encoder = MessageEncoder.of(config, context);
    Metrics metrics = context.metrics();
    this.transport =
        switch (config.transport()) {
          case RELP -> new RelpTransport(config, names, context.clock());
          case TCP -> new TcpTransport(config, names, context.clock(), metrics);
          case UDP -> new UdpTransport(server, names, context.clock());
        };
    this.messages = metrics.counter("syslog_messages_total", "Messages settled.");
    this.connections = metrics.counter("syslog_connections_total", "Connections made.");
    this.truncated =
        metrics.counter("syslog_truncated_total", "Messages cut at max_message_bytes.");
  }

  @Override
  public void connect() throws DeliveryException, InterruptedException {
    try {
      transport.connect();
    } catch (IOException e) {
      throw failed(e);
    }
    connections.add(1);
    health = Health.up();
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException {
    long truncatedBefore = encoder.truncated();
    MessageBatch encoded = new MessageBatch(batch, encoder);
    truncated.add(encoder.truncated() - truncatedBefore);
    SendResult sent =
        encoded.messages().isEmpty() ? SendResult.all(0) : transport.send(encoded.messages());
    messages.add(sent.settled());
    if (sent.failure().isPresent()) {
      health = Health.degraded(sent.failure().get());
      if (sent.settled() == 0 && Thread.interrupted()) {
        throw new InterruptedException(sent.failure().get());
      }
    } else if (sent.settled() > 0) {
      health = Health.up();
    }
    return encoded.result(sent);
  }

  @Override
  public void probe() throws DeliveryException, InterruptedException {
    try {
      transport.probe();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private DeliveryException failed(IOException e) throws InterruptedException {
    String message = e.getMessage() == null ? server + ": " + e : e.getMessage();
    health = Health.degraded(message);
    if (Thread.interrupted()) {
      throw new InterruptedException(message);
    }
    return new DeliveryException(message, e);
  }

  @Override
  public Health check() {
    return health;
  }

  @Override
  public void close() {
    transport.close();
    health = Health.down("closed");
  }
}
