package io.sessionbridge.cli.receivers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A Kafka broker that is killed, and a plain consumer that reads its topic from the beginning. */
public final class KafkaReceiver extends KilledReceiver {

  private static final String TOPIC = "sessionbridge.events.v1";
  private static final Duration POLL = Duration.ofMillis(500);

  /**
   * @param libraries the folder of the broker's jars
   * @param folder for what it keeps, which exists
   */
  public KafkaReceiver(Path libraries, Path folder) {
    super(
        new ServerProcess(
            libraries,
            folder.resolve("kafka.log"),
            256,
            "io.sessionbridge.demo.DemoBroker",
            folder.resolve("kafka"),
            TOPIC,
            "3"));
  }

  @Override
  public String id() {
    return "kafka";
  }

  @Override
  public String title() {
    return "Kafka";
  }

  @Override
  public List<String> sinkKeys() {
    return List.of("type: kafka", "bootstrap_servers: [\"" + address() + "\"]", "topic: " + TOPIC);
  }

  @Override
  public List<Arrival> arrivals() throws IOException {
    List<Arrival> arrivals = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : readAll()) {
      Map<String, String> content = FlatJson.read(record.value());
      content.put("time", header(record, "ce_time"));
      arrivals.add(new Arrival(header(record, "ce_id"), content));
    }
    return arrivals;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private List<ConsumerRecord<byte[], byte[]>> readAll() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            address(),
            "enable.auto.commit",
            "false",
            "client.id",
            "kafka-receiver");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(info -> new TopicPartition(TOPIC, info.partition()))
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
