package io.sessionbridge.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends single lines to a topic, with the settings of the agent's sink. One thread. */
final class BareSender implements AutoCloseable {

  private final Topic topic;
  private final KafkaProducer<byte[], byte[]> producer;

  BareSender(Topic topic) {
    this.topic = topic;
    Map<String, Object> settings = new HashMap<>(ProducerLoop.SETTINGS);
    settings.put("bootstrap.servers", topic.broker());
    settings.put("client.id", "bare");
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns when the broker has acknowledged the line. */
  void send(String line) throws Exception {
    byte[] value = line.getBytes(StandardCharsets.UTF_8);
    var sent = producer.send(new ProducerRecord<>(topic.name(), value));
    producer.flush();
    sent.get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
