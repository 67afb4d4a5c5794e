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
 * Writes events to a topic. After any failure the producer is closed and a new one continues at the
 * first unacknowledged event. Records in flight of the old producer can become duplicates, but
 * never gaps.
 */
final class KafkaSink implements Sink {

  private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

  private final SinkContext context;
  private final KafkaSinkConfig config;
  private final ProducerSettings settings;
  private final KafkaDiagnosis diagnosis;
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
    this.diagnosis = new KafkaDiagnosis(config, timeouts);
    this.cluster = new ClusterProbe(config, diagnosis, timeouts.block(), context.clock());
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
    abandon();
    unreachable = List.of();
    try {
      open();
    } catch (KafkaException | IOException e) {
      String message = explained(diagnosis.whileConnecting(e));
      abandon();
      health = Health.degraded(message);
      throw new DeliveryException(message, e);
    }
    times.forget();
    health = Health.up();
  }

  /**
   * Lets the client connect only to checked servers, as far as possible: with a login, only the
   * client learns the brokers of the cluster.
   */
  private void open() throws IOException, InterruptedException {
    Map<String, Object> checked = readSettings(); // reports an unreadable file first
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

  /** Adds a refused response or an unreachable broker, which may be the cause of the failure. */
  private String explained(String message) {
    Connection open = connection;
    OptionalInt refused = open == null ? OptionalInt.empty() : open.refusedAnswer();
    if (refused.isPresent()) {
      return diagnosis.tooLong(refused.getAsInt());
    }
    return unreachable.isEmpty() || unreachable.stream().anyMatch(message::contains)
        ? message
        : message + "; " + unreachable.get(0);
  }

  private Map<String, Object> readSettings() throws IOException {
    Codec usable = codec;
    if (usable == null) {
      NativeCodec.unpackInto(context.dataFolder());
      usable = NativeCodec.orGzip(config.compression(), NativeCodec::load);
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
    String message = explained(diagnosis.whileSending(failure));
    abandon();
    health = Health.degraded(message);
    return DeliveryResult.failed(delivery.settled(), delivery.rejected(), message);
  }

  /** Closes the producer without waiting: the next one sends its unacknowledged records again. */
  private void abandon() {
    close(Duration.ZERO);
  }

  private void close(Duration timeout) {
    Connection open = connection;
    connection = null;
    if (open != null) {
      open.close(timeout);
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
