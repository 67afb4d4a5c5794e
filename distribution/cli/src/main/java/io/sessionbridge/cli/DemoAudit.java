package io.sessionbridge.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Compares what is in Kafka with the recorded file: reads the topic from its beginning with a plain
 * consumer, and looks for each line of the file by its content, time included.
 */
final class DemoAudit {

  private static final Duration POLL = Duration.ofMillis(500);

  private final String broker;
  private final String topic;

  DemoAudit(String broker, String topic) {
    this.broker = broker;
    this.topic = topic;
  }

  DemoReport compare(Path recorded) throws IOException {
    List<Map<String, String>> expected = new ArrayList<>();
    for (String line : Files.readAllLines(recorded)) {
      if (!line.isBlank()) {
        expected.add(normal(FlatJson.read(line.getBytes(StandardCharsets.UTF_8))));
      }
    }
    Set<String> ids = new HashSet<>();
    List<Map<String, String>> found = new ArrayList<>();
    int duplicates = 0;
    for (ConsumerRecord<byte[], byte[]> record : readAll()) {
      if (header(record, "ce_type").startsWith("io.sessionbridge.bridge.")) {
        continue; // what the agent tells of itself
      }
      if (!ids.add(header(record, "ce_source") + " " + header(record, "ce_id"))) {
        duplicates++;
        continue;
      }
      Map<String, String> content = FlatJson.read(record.value());
      content.put("time", header(record, "ce_time"));
      found.add(normal(content));
    }
    int matched = 0;
    for (Map<String, String> line : expected) {
      matched += removeFirstThatHas(line, found) ? 1 : 0;
    }
    return new DemoReport(expected.size(), matched, duplicates);
  }

  /** Times may be written in several ways. */
  private static Map<String, String> normal(Map<String, String> values) {
    Map<String, String> result = new TreeMap<>(values);
    result.computeIfPresent("time", (name, time) -> Instant.parse(time).toString());
    return result;
  }

  private static boolean removeFirstThatHas(
      Map<String, String> line, List<Map<String, String>> found) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).entrySet().containsAll(line.entrySet())) {
        found.remove(i);
        return true;
      }
    }
    return false;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private List<ConsumerRecord<byte[], byte[]>> readAll() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", broker, "enable.auto.commit", "false", "client.id", "demo-audit");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }
}
