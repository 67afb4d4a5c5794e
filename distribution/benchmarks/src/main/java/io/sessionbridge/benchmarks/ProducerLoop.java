package io.sessionbridge.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The least that brings encoded events into Kafka: a plain producer with the settings of the
 * agent's sink, and records that are in memory before the clock starts. No journal, no reading, no
 * encoding. Runs in a JVM of its own.
 */
public final class ProducerLoop {

  /** The settings of the agent's sink for speed and safety; a test compares them. */
  static final Map<String, Object> SETTINGS =
      Map.ofEntries(
          Map.entry("batch.size", 32 * 1024),
          Map.entry("buffer.memory", 8L * 1024 * 1024),
          Map.entry("linger.ms", 50L),
          Map.entry("enable.metrics.push", false),
          Map.entry("reconnect.backoff.max.ms", 10_000L),
          Map.entry("compression.type", "zstd"),
          Map.entry("acks", "all"),
          Map.entry("enable.idempotence", true),
          Map.entry("retries", Integer.MAX_VALUE),
          Map.entry("max.in.flight.requests.per.connection", 5),
          Map.entry("max.block.ms", 5_000L),
          Map.entry("request.timeout.ms", 15_000),
          Map.entry("delivery.timeout.ms", 60_000));

  /** As many as the agent has in one batch: more in memory would not change what is sent. */
  private static final int RECORDS = 5_000;

  private final Topic to;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

  private ProducerLoop(String broker, String topic) {
    this.to = new Topic(broker, topic);
    Map<String, Object> settings = new java.util.HashMap<>(SETTINGS);
    settings.put("bootstrap.servers", broker);
    settings.put("client.id", "bare");
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Arguments: the broker's address and the topic to send to. */
  public static void main(String[] args) throws Exception {
    ProducerLoop loop = new ProducerLoop(args[0], args[1]);
    Answers.giveAll(loop::answer);
    loop.producer.close();
  }

  private String answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "load" -> load(words[1]);
      case "send" -> send(Integer.parseInt(words[1])).toLine();
      default -> throw new IllegalArgumentException("unknown: " + words[0]);
    };
  }

  /** Takes what the agent has sent to its topic, so that both send the same. */
  private String load(String from) {
    new Topic(to.broker(), from).read(RECORDS, record -> records.add(copy(record)));
    return "loaded " + records.size();
  }

  private ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record) {
    return new ProducerRecord<>(
        to.name(), null, null, record.key(), record.value(), List.of(record.headers().toArray()));
  }

  /** From the first record handed over to the last acknowledged. */
  private Work send(int count) throws Exception {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    Work.Watch watch = new Work.Watch();
    for (int i = 0; i < count; i++) {
      // A producer makes the headers of a record it has sent read-only.
      ProducerRecord<byte[], byte[]> one = records.get(i % records.size());
      List<Header> headers = List.of(one.headers().toArray());
      var unused =
          producer.send(
              new ProducerRecord<>(one.topic(), null, null, one.key(), one.value(), headers),
              (metadata, e) -> failure.compareAndSet(null, e));
    }
    producer.flush();
    Work work = watch.stop(count);
    Exception first = failure.get();
    if (first != null) {
      throw first;
    }
    return work;
  }
}
