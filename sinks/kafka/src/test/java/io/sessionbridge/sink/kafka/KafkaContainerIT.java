package io.sessionbridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** Against the image that people run, or the one that the environment names. */
@Testcontainers(disabledWithoutDocker = true)
@DisabledIfEnvironmentVariable(
    named = "SESSIONBRIDGE_KAFKA_IMAGE",
    matches = "none",
    disabledReason = "SESSIONBRIDGE_KAFKA_IMAGE is none: there is no such image here")
final class KafkaContainerIT {

  private static final TestingEvents EVENTS = new TestingEvents("cloudevents_binary");

  @Container
  private static final KafkaContainer KAFKA =
      new KafkaContainer(
          System.getenv().getOrDefault("SESSIONBRIDGE_KAFKA_IMAGE", "apache/kafka:4.3.1"));

  @TempDir private Path folder;

  @Test
  void eventsArrive() throws Exception {
    String yaml = "{bootstrap_servers: [\"" + KAFKA.getBootstrapServers() + "\"], topic: t}";
    try (KafkaSink sink =
        new KafkaSink(
            new TestingSinkContext(Clock.system(), folder),
            TestingConfig.read(KafkaSinkConfig.SPEC, yaml),
            ProducerTimeouts.DEFAULT)) {
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 1_000))).isEqualTo(DeliveryResult.delivered(1_000));
    }
  }
}
