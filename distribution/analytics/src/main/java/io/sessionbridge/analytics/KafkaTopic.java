package io.sessionbridge.analytics;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A topic of Kafka that is read from its beginning to the end that it had at the first look. */
final class KafkaTopic {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String servers;
  private final String topic;
  private final @Nullable Path config;

  /**
   * @param config properties of a consumer, beside the servers; null for none
   */
  KafkaTopic(String servers, String topic, @Nullable Path config) {
    this.servers = servers;
    this.topic = topic;
    this.config = config;
  }

  /**
   * Writes its events as lines of the format {@code json}. Commits no offset and joins no group.
   *
   * @return how many records were no events
   */
  long copyTo(Path file) throws ReportException, IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return copy(consumer, new EventLine(out));
    } catch (KafkaException e) {
      ReportException failure =
          new ReportException("Kafka at " + servers + ", topic " + topic + ": " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  private Properties settings() throws IOException {
    Properties settings = new Properties();
    if (config != null) {
      try (Reader reader = Files.newBufferedReader(config)) {
        settings.load(reader);
      }
    }
    settings.put("bootstrap.servers", servers);
    settings.put("enable.auto.commit", "false");
    settings.put("allow.auto.create.topics", "false");
    settings.put("isolation.level", "read_committed");
    settings.put("client.id", "sessionbridge-report");
    settings.put("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
    return settings;
  }

  private long copy(KafkaConsumer<byte[], byte[]> consumer, EventLine lines)
      throws ReportException, IOException {
    List<PartitionInfo> known = consumer.partitionsFor(topic);
    if (known == null || known.isEmpty()) {
      throw new ReportException("Kafka at " + servers + " has no topic " + topic);
    }
    List<TopicPartition> partitions =
        known.stream().map(one -> new TopicPartition(topic, one.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long foreign = 0;
    long received = System.nanoTime();
    while (partitions.stream()
        .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        received = System.nanoTime();
      } else if (System.nanoTime() - received > PATIENCE.toNanos()) {
        throw new ReportException(
            "Kafka at " + servers + " gave nothing for " + PATIENCE.toSeconds() + " s");
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        foreign += lines.write(record) ? 0 : 1;
      }
    }
    return foreign;
  }
}
