package io.sessionbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DemoBrokerIT {

  private static final String TOPIC = "sessionbridge.events.v1";

  @TempDir private Path work;
  private Path folder;
  private int port;

  @BeforeEach
  void choosePort() throws Exception {
    folder = work.resolve("kafka logs");
    port = FreePort.find();
  }

  @Test
  void keepsWhatItAcknowledgedWhenItIsKilled() throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(clientSettings(), new StringSerializer(), new StringSerializer())) {
      try (BrokerProcess broker = BrokerProcess.start(folder, port, TOPIC, 1)) {
        assertThat(broker.line()).isEqualTo("ready " + port);
        send(producer, 0, 100);
        broker.kill();
      }
      try (BrokerProcess broker = BrokerProcess.start(folder, port, TOPIC, 1)) {
        assertThat(broker.line()).isEqualTo("ready " + port);
        send(producer, 100, 200);

        assertThat(read(200)).isEqualTo(numbers(0, 200));
        assertThat(errors()).isEmpty();
      }
    }
  }

  @Test
  void endsWhenItsInputIsClosed() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(folder, port, TOPIC, 3)) {
      assertThat(broker.line()).isEqualTo("ready " + port);

      broker.closeInput();

      assertThat(broker.exitCode()).isZero();
      assertThat(broker.line()).isNull();
    }
  }

  @Test
  void endsWhenItsInputIsClosedBeforeItIsReady() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(folder, port, TOPIC, 1)) {
      broker.closeInput();

      assertThat(broker.exitCode()).isZero();
      assertThat(broker.line()).isNull();
    }
  }

  @Test
  void saysThatThePortIsTakenAndEnds() throws Exception {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      try (BrokerProcess broker = BrokerProcess.start(folder, port, TOPIC, 1)) {
        assertThat(broker.exitCode()).isEqualTo(1);
        assertThat(broker.line()).isNull();
        assertThat(Files.readString(work.resolve("broker.err")))
            .contains("demo broker: cannot serve port " + port)
            .contains("Address already in use");
      }
    }
  }

  /** What the broker printed, without the warnings of Java 24 and later about its libraries. */
  private List<String> errors() throws Exception {
    return Files.readAllLines(work.resolve("broker.err")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
        .toList();
  }

  private Map<String, Object> clientSettings() {
    return Map.of("bootstrap.servers", "127.0.0.1:" + port, "compression.type", "zstd");
  }

  private static void send(KafkaProducer<String, String> producer, int from, int to)
      throws Exception {
    for (String number : numbers(from, to)) {
      var unused = producer.send(new ProducerRecord<>(TOPIC, "key", number)).get();
    }
  }

  private static List<String> numbers(int from, int to) {
    List<String> numbers = new ArrayList<>();
    for (int number = from; number < to; number++) {
      numbers.add("event " + number);
    }
    return numbers;
  }

  private List<String> read(int expected) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", "127.0.0.1:" + port),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (consumer.position(partition) < expected) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
