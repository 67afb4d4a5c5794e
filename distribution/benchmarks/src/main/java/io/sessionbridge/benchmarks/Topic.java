package io.sessionbridge.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic with one partition. */
record Topic(String broker, String name) {

  private static final Duration POLL = Duration.ofMillis(500);

  void create() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      NewTopic topic = new NewTopic(name, Optional.of(1), Optional.of((short) 1));
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  /** Gives the records from the beginning up to what is the end now, but no more than so many. */
  void read(long most, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    TopicPartition partition = new TopicPartition(name, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker, "fetch.max.bytes", 4 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      long seen = 0;
      while (seen < most && consumer.position(partition) < end) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
          if (seen++ < most) {
            reader.accept(record);
          }
        }
      }
    }
  }
}
