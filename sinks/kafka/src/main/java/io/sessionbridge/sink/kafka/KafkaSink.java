package io.sessionbridge.sink.kafka;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to a topic. After any failure the producer is given up and a new one begins at the
 * first event without an acknowledgement: what the old one still had on its way can only become a
 * duplicate, never a hole.
 */
final class KafkaSink implements Sink {

  private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

  private final SinkContext context;
  private final KafkaSinkConfig config;
  private final ProducerSettings settings;
  private final KafkaDiagnosis trouble;
  private final ClusterProbe cluster;
  private final Records records;
  private final RecordTimes times;
  private final Metrics.Counter acknowledged;
  private final Metrics.Counter movedToPresent;
  private final Metrics.Counter producers;
  private @Nullable Codec codec;
  private @Nullable Connection connection;
  private List<String> unreachable = List.of();
  private volatile Health health = Health.degraded("not connected yet");

  KafkaSink(SinkContext context, KafkaSinkConfig config, ProducerTimeouts timeouts) {
    this.context = context;
    this.config = config;
    this.settings = new ProducerSettings(context.id(), context.memory(), config, timeouts);
    this.trouble = new KafkaDiagnosis(config, timeouts);
    this.cluster = new ClusterProbe(config, trouble, timeouts.block(), context.clock());
    this.records = new Records(config.topic());
    this.times = new RecordTimes(config.timestamp());
    Metrics metrics = context.metrics();
    this.acknowledged = metrics.counter("kafka_acknowledged_total", "Records acknowledged.");
    this.movedToPresent =
        metrics.counter(
            "kafka_moved_to_present_total",
            "Records sent with the present time because the broker refused the event's time.");
    this.producers = metrics.counter("kafka_producers_total", "Producers created.");
  }

  @Override
  public void connect() throws DeliveryException, InterruptedException {
    giveUp();
    unreachable = List.of();
    try {
      open();
    } catch (KafkaException | IOException e) {
      String message = explained(trouble.whileConnecting(e));
      giveUp();
      health = Health.degraded(message);
      throw new DeliveryException(message, e);
    }
    times.forget();
    health = Health.up();
  }

  /**
   * Lets the client at nobody who was not asked before, as far as that can be: with a login, only
   * the client learns which brokers the cluster has.
   */
  private void open() throws IOException, InterruptedException {
    Map<String, Object> checked = readSettings(); // a file that cannot be read is told first
    ClusterProbe.Found found = cluster.find();
    unreachable = cluster.unreachable(found.brokers(), found.answered());
    checked.put("bootstrap.servers", String.join(",", found.servers()));
    Connection fresh = Connection.open(checked);
    connection = fresh;
    producers.add(1);
    List<Broker> leaders = fresh.prove(config.topic());
    if (config.login().isPresent()) {
      unreachable = cluster.unreachable(leaders, found.answered());
    }
  }

  /**
   * Where the failure is not plain from itself, an answer that was not taken or the brokers that
   * cannot be reached may explain it.
   */
  private String explained(String message) {
    Connection open = connection;
    OptionalInt refused = open == null ? OptionalInt.empty() : open.refusedAnswer();
    if (refused.isPresent()) {
      return trouble.tooLong(refused.getAsInt());
    }
    return unreachable.isEmpty() || unreachable.stream().anyMatch(message::contains)
        ? message
        : message + "; " + unreachable.get(0);
  }

  private Map<String, Object> readSettings() throws IOException {
    Codec usable = codec;
    if (usable == null) {
      NativeCodec.unpackInto(context.dataFolder());
      usable = NativeCodec.orGzip(config.compression(), NativeCodec::works);
      codec = usable;
    }
    return settings.read(usable);
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException {
    Connection open = connection;
    if (open == null) {
      return DeliveryResult.unavailable(0, List.of(), "not connected");
    }
    BatchDelivery delivery = new BatchDelivery(open, records, times, context.clock(), batch);
    Exception failure;
    try {
      failure = delivery.run();
    } finally {
      acknowledged.add(delivery.settled() - delivery.rejected().size());
      movedToPresent.add(delivery.movedToPresent());
    }
    if (failure == null) {
      health = Health.up();
      return DeliveryResult.settled(batch.size(), delivery.rejected());
    }
    String message = explained(trouble.whileSending(failure));
    giveUp();
    health = Health.degraded(message);
    return DeliveryResult.failed(delivery.settled(), delivery.rejected(), message);
  }

  /** Ends the producer without waiting: whatever it still holds is sent again by the next one. */
  private void giveUp() {
    close(Duration.ZERO);
  }

  private void close(Duration timeouts) {
    Connection open = connection;
    connection = null;
    if (open != null) {
      open.close(timeouts);
    }
  }

  @Override
  public Health check() {
    return health;
  }

  @Override
  public void close() {
    close(CLOSE_TIME);
  }
}
