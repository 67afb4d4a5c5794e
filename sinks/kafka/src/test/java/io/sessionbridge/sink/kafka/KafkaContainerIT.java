package io.sessionbridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Against the official image, or the one that the environment names. */
@Testcontainers(disabledWithoutDocker = true)
final class KafkaContainerIT {

  private static final TestingEvents EVENTS = new TestingEvents("cloudevents_binary");

  private static final String IMAGE =
      System.getenv().getOrDefault("SESSIONBRIDGE_KAFKA_IMAGE", "apache/kafka:4.3.1");

  /** It makes the topic when it is asked for it. */
  private static final ProducerTimeouts PATIENT =
      new ProducerTimeouts(Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

  @Container
  private static final KafkaContainer KAFKA =
      new KafkaContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka"))
          .withStartupTimeout(Duration.ofMinutes(3));

  @TempDir private Path folder;

  @Test
  void eventsArrive() throws Exception {
    String yaml = "{bootstrap_servers: [\"" + KAFKA.getBootstrapServers() + "\"], topic: t}";
    try (KafkaSink sink =
        new KafkaSink(
            new TestingSinkContext(Clock.system(), folder),
            TestingConfig.read(KafkaSinkConfig.SPEC, yaml),
            PATIENT)) {
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 1_000))).isEqualTo(DeliveryResult.delivered(1_000));
    }
  }
}
