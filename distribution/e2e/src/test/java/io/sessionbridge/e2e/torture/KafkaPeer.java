package io.sessionbridge.e2e.torture;

import io.sessionbridge.e2e.Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The bundle's Kafka broker. It advertises its own port, so the agent does not use the proxy. */
final class KafkaPeer extends Peer {

  private static final TopicPartition PARTITION = new TopicPartition("events", 0);

  KafkaPeer(Path folder) throws IOException {
    super("kafka", folder);
  }

  private String address() {
    return "127.0.0.1:" + port();
  }

  @Override
  boolean isBehindProxy() {
    return false;
  }

  @Override
  List<String> sinkKeys() {
    return List.of(
        "type: kafka",
        "bootstrap_servers: [\"" + address() + "\"]",
        "topic: " + PARTITION.topic(),
        "format: json");
  }

  @Override
  List<String> command() {
    // Its standard input is its lifeline, so it gets one that stays open.
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-cp",
        Bundle.HOME.resolve("lib/demo") + "/*",
        "io.sessionbridge.demo.DemoBroker",
        folder().resolve("kafka").toString(),
        Integer.toString(port()),
        PARTITION.topic(),
        "1");
  }

  @Override
  List<Received> received() {
    List<Received> all = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", address()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      while (consumer.position(PARTITION) < end) {
        consumer
            .poll(Duration.ofMillis(500))
            .forEach(record -> Received.parse(record.value()).ifPresent(all::add));
      }
    }
    return all;
  }
}
