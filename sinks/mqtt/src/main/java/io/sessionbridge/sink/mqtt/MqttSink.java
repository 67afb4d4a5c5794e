package io.sessionbridge.sink.mqtt;

import io.sessionbridge.health.Health;
import io.sessionbridge.sink.mqtt.link.Connection;
import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Version;
import io.sessionbridge.sink.mqtt.publish.BatchDelivery;
import io.sessionbridge.sink.mqtt.publish.DetailTopics;
import io.sessionbridge.sink.mqtt.publish.Publications;
import io.sessionbridge.sink.mqtt.publish.RememberedTopics;
import io.sessionbridge.sink.mqtt.publish.RetainedState;
import io.sessionbridge.sink.mqtt.publish.StateDocument;
import io.sessionbridge.sink.mqtt.settings.ConnectionTimeouts;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Failure;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.StateSink;
import io.sessionbridge.storage.FileStorage;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events and the host's presence. Each connection has its own client object. After any
 * failure it is closed, and the next one continues at the first unacknowledged event.
 */
final class MqttSink implements StateSink {

  private final MqttSinkConfig config;
  private final ConnectionTimeouts timeouts;
  private final Connector connector;
  private final MqttDiagnosis diagnosis;
  private final Publications publications;
  private final RetainedState presence;
  private final ClientIdConflict conflict;
  private final Metrics.Counter acknowledged;
  private final Metrics.Counter noSubscriber;
  private final Metrics.Counter connections;
  private volatile @Nullable Connection connection;
  private String lastEnd = "";
  private boolean nothingSettled;
  private volatile Health health = Health.degraded("not connected yet");

  MqttSink(SinkContext context, MqttSinkConfig config, ConnectionTimeouts timeouts) {
    this.config = config;
    this.timeouts = timeouts;
    this.diagnosis = new MqttDiagnosis(config, timeouts);
    this.publications = new Publications(config, context.host());
    StateDocument document = new StateDocument(context.host(), context.keyId());
    this.presence =
        new RetainedState(
            config,
            document,
            new DetailTopics(
                config,
                document,
                new RememberedTopics(context.id(), new FileStorage(), context.dataFolder())));
    this.connector = new Connector(context, config, timeouts, presence.will());
    this.conflict =
        new ClientIdConflict(
            context.id(),
            connector.clientId(),
            config.qos() > 0,
            context.clock(),
            new SplittableRandom());
    Metrics metrics = context.metrics();
    this.acknowledged = metrics.counter("mqtt_acknowledged_total", "Events acknowledged.");
    this.noSubscriber =
        metrics.counter(
            "mqtt_no_subscriber_total",
            "Acknowledged events for which the broker had no subscriber (MQTT 5).");
    this.connections = metrics.counter("mqtt_connections_total", "Connections made.");
  }

  @Override
  public void connect() throws DeliveryException, InterruptedException {
    abandon();
    if (conflict.isPausing()) {
      throw failed(withConflict(lastEnd));
    }
    try {
      connection = connector.connect();
      conflict.connected();
    } catch (DeliveryException e) {
      conflict.notConnected();
      health = Health.degraded(String.valueOf(e.getMessage()));
      throw e;
    }
    connections.add(1);
    health = Health.up();
  }

  private DeliveryException failed(String message) {
    health = Health.degraded(message);
    return new DeliveryException(message);
  }

  @Override
  public void probe() throws DeliveryException {
    Optional<Ending> ending = open().ending();
    if (ending.isPresent()) {
      conflict.ended(ending.get());
      abandon();
      lastEnd = diagnosis.ended(ending.get());
      throw failed(withConflict(lastEnd));
    }
    conflict.connectionIsUp();
  }

  /** Adds the suspected conflict to the message, which stays because the suspicion may be wrong. */
  private String withConflict(String text) {
    Optional<String> rival = conflict.problem().filter(known -> !text.startsWith(known));
    return rival.map(known -> text.isEmpty() ? known : known + "; " + text).orElse(text);
  }

  @Override
  public void show(HostState now) throws DeliveryException, InterruptedException {
    Connection open = open();
    Optional<RetainedState.Failure> failure =
        config.presence()
            ? presence.show(open, now, timeouts.acknowledgement())
            : presence.clearDetails(open, timeouts.acknowledgement());
    if (failure.isPresent()) {
      failure.get().ending().ifPresent(conflict::endedBusy);
      abandon();
      throw failed(explain(failure.get()));
    }
  }

  private Connection open() throws DeliveryException {
    Connection open = connection;
    if (open == null) {
      throw new DeliveryException("not connected");
    }
    return open;
  }

  private String explain(RetainedState.Failure failure) {
    return failure
        .reason()
        .map(
            reason ->
                diagnosis.refused(reason, failure.topic())
                    + (presence.isOfPresence(failure.topic())
                        ? ", or set presence: false"
                        : ", or change topics"))
        .orElseGet(() -> diagnosis.ended(failure.ending().orElseGet(Ending.Silent::new)));
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException {
    Connection open = connection;
    if (open == null) {
      return DeliveryResult.unavailable(0, List.of(), "not connected");
    }
    if (config.version() == Version.V3 && !batch.get(0).attributes().isEmpty()) {
      return failed(
          new BatchOutcome(0, List.of()),
          new Failure(
              "version 3.1.1 has no place for the attributes of this format: set version: 5",
              false,
              true));
    }
    BatchDelivery delivery =
        new BatchDelivery(open, config.version(), publications, timeouts.acknowledgement(), batch);
    boolean alone = nothingSettled;
    boolean complete = false;
    try {
      delivery.run(alone);
      complete = true;
    } finally {
      acknowledged.add(delivery.settled() - delivery.rejected().size());
      noSubscriber.add(delivery.noSubscriber());
      if (!complete) {
        abandon();
      }
    }
    return result(delivery, batch, alone);
  }

  private DeliveryResult result(BatchDelivery delivery, List<EncodedEvent> batch, boolean alone) {
    BatchOutcome outcome = new BatchOutcome(delivery.settled(), delivery.rejected());
    nothingSettled = delivery.settled() == 0;
    if (delivery.settled() == batch.size()) {
      health = Health.up();
      return DeliveryResult.settled(batch.size(), delivery.rejected());
    }
    Optional<BatchDelivery.Refusal> refusal = delivery.refusal();
    if (refusal.isPresent()) {
      String message = diagnosis.refused(refusal.get().reason(), refusal.get().topic());
      return failed(outcome, new Failure(message, delivery.ending().isPresent(), true));
    }
    abandon();
    Ending ending = delivery.ending().orElseGet(Ending.Silent::new);
    conflict.endedBusy(ending);
    int bytes = batch.get(delivery.settled()).body().length;
    String message =
        alone && delivery.sent() == 1
            ? diagnosis.endedBy(ending, delivery.firstTopic(), bytes)
            : diagnosis.ended(ending);
    // Without acknowledgements it is unknown which event the broker failed on.
    return failed(outcome, new Failure(message, true, config.qos() == 0));
  }

  private record BatchOutcome(int settled, List<DeliveryResult.Rejection> rejected) {}

  private DeliveryResult failed(BatchOutcome outcome, Failure failure) {
    health = Health.degraded(failure.message());
    return new DeliveryResult(outcome.settled(), outcome.rejected(), Optional.of(failure));
  }

  /** Closes the connection without waiting: messages in flight are sent again. */
  private void abandon() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      open.link().abort();
    }
  }

  /** The connection may have ended while the sink was idle. */
  @Override
  public Health check() {
    Connection open = connection;
    Health now =
        Optional.ofNullable(open)
            .flatMap(Connection::ending)
            .map(ending -> Health.degraded(diagnosis.ended(ending)))
            .orElse(health);
    return conflict.problem().isPresent() ? Health.degraded(withConflict(now.detail())) : now;
  }

  @Override
  public void close() {
    // With the interrupt flag set, the disconnect would fail.
    boolean interrupted = Thread.interrupted();
    try {
      leave();
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      abandon();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** If the broker does not accept the disconnect, it publishes the will. */
  private void leave() throws InterruptedException {
    Connection open = connection;
    if (open != null && !open.isOver() && presence.leave(open, timeouts.disconnect())) {
      connection = null;
      open.link().disconnect(timeouts.disconnect());
    }
  }
}
