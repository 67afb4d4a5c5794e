package io.sessionbridge.sink.kafka;

import static io.sessionbridge.sink.kafka.TestingRecords.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outages of the broker, and what follows. */
final class KafkaOutageIT {

  private static final TestingEvents EVENTS = new TestingEvents("cloudevents_binary");

  private static final ProducerTimeouts SHORT =
      new ProducerTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(4));
  private static final ProducerTimeouts LONG =
      new ProducerTimeouts(Duration.ofSeconds(50), Duration.ofSeconds(5), Duration.ofSeconds(60));

  @TempDir private Path folder;
  private TestingKafka kafka;

  @AfterEach
  void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }

  private KafkaSink sink(String server, ProducerTimeouts timeouts) {
    return new KafkaSink(
        new TestingSinkContext(Clock.system(), folder),
        TestingConfig.read(
            KafkaSinkConfig.SPEC, "{bootstrap_servers: [\"" + server + "\"], topic: t}"),
        timeouts);
  }

  private KafkaSink sink(ProducerTimeouts timeouts) {
    return sink(kafka.server(), timeouts);
  }

  @Test
  void nameThatCannotBeResolvedIsReportedAtConnect() {
    try (KafkaSink sink = sink("nowhere.invalid:9092", SHORT)) {
      String message = "the name nowhere.invalid cannot be resolved";
      assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class).hasMessage(message);
      assertThat(sink.check()).isEqualTo(Health.degraded(message));
    }
  }

  @Test
  void absentBrokerIsReportedAtConnectUntilItIsUp() throws Exception {
    kafka = new TestingKafka(folder.resolve("broker"));
    try (KafkaSink sink = sink(SHORT)) {
      String message =
          kafka.server()
              + " refuses connections: is the broker up, and is bootstrap_servers right?";
      assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class).hasMessage(message);
      assertThat(sink.check()).isEqualTo(Health.degraded(message));

      kafka.start().createTopic("t", Map.of());
      sink.connect();
      assertThat(sink.check()).isEqualTo(Health.up());
      assertThat(sink.deliver(EVENTS.between(1, 3))).isEqualTo(DeliveryResult.delivered(3));
    }
    assertThat(ids(kafka.read("t"))).isEqualTo(TestingEvents.ids(1, 3));
  }

  @Test
  void shortOutageIsWaitedFor() throws Exception {
    kafka = new TestingKafka(folder.resolve("broker")).start();
    kafka.createTopic("t", Map.of());
    try (KafkaSink sink = sink(LONG)) {
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 100))).isEqualTo(DeliveryResult.delivered(100));
      kafka.stop();
      CompletableFuture<Void> back = CompletableFuture.runAsync(kafka::start);
      assertThat(sink.deliver(EVENTS.between(101, 200))).isEqualTo(DeliveryResult.delivered(100));
      back.join();
    }
    assertThat(ids(kafka.read("t"))).isEqualTo(TestingEvents.ids(1, 200));
  }

  @Test
  void brokerGoneForLongerIsRewoundFor() throws Exception {
    kafka = new TestingKafka(folder.resolve("broker")).start();
    kafka.createTopic("t", Map.of());
    try (KafkaSink sink = sink(SHORT)) {
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 100))).isEqualTo(DeliveryResult.delivered(100));
      kafka.stop();
      DeliveryResult lost = sink.deliver(EVENTS.between(101, 200));
      assertThat(lost.settled()).isZero();
      assertThat(lost.retry().orElseThrow().reconnect()).isTrue();
      assertThat(lost.retry().orElseThrow().message())
          .startsWith(
              kafka.server()
                  + " did not acknowledge in time: is it up, and are enough replicas in sync? (");
      assertThat(sink.check()).isEqualTo(Health.degraded(lost.retry().orElseThrow().message()));
      assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class);

      kafka.start();
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(101, 200))).isEqualTo(DeliveryResult.delivered(100));
      assertThat(sink.check()).isEqualTo(Health.up());
    }
    List<String> ids = ids(kafka.read("t"));
    assertThat(ids.stream().distinct())
        .as("first occurrences")
        .containsExactlyElementsOf(TestingEvents.ids(1, 200));
    assertThat(ids.subList(0, 100)).isEqualTo(TestingEvents.ids(1, 100));
  }

  /** The client drops the metadata of a topic that was unused for at least five seconds. */
  @Test
  void metadataThatIsMissingIsNoMissingAcknowledgement() throws Exception {
    kafka = new TestingKafka(folder.resolve("broker")).start();
    kafka.createTopic("t", Map.of());
    String yaml =
        """
        bootstrap_servers: ["%s"]
        topic: t
        properties: {metadata.max.idle.ms: "5000", metadata.max.age.ms: "500"}
        """
            .formatted(kafka.server());
    try (KafkaSink sink =
        new KafkaSink(
            new TestingSinkContext(Clock.system(), folder),
            TestingConfig.read(KafkaSinkConfig.SPEC, yaml),
            SHORT)) {
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 1))).isEqualTo(DeliveryResult.delivered(1));
      TimeUnit.SECONDS.sleep(7);
      kafka.stop();
      DeliveryResult failed = sink.deliver(EVENTS.between(2, 2));
      assertThat(failed.retry().orElseThrow().message())
          .isEqualTo(
              kafka.server()
                  + " did not send the metadata of topic t in time: are the brokers up and"
                  + " reachable? (Topic t not present in metadata after 2000 ms.)");
    }
  }

  @Test
  void brokerStoppedUnderLoadLosesNothing() throws Exception {
    kafka = new TestingKafka(folder.resolve("broker")).start();
    kafka.createTopic("t", Map.of());
    List<String> expected = TestingEvents.ids(1, 4_000);
    try (KafkaSink sink = sink(SHORT)) {
      sink.connect();
      CompletableFuture<Void> restart =
          CompletableFuture.runAsync(
              () -> {
                kafka.stop();
                kafka.start();
              });
      int settled = 0;
      while (settled < 4_000) {
        DeliveryResult result =
            sink.deliver(EVENTS.between(settled + 1, Math.min(4_000, settled + 50)));
        settled += result.settled();
        if (result.retry().isPresent()) {
          connectAtLast(sink);
        }
      }
      restart.join();
    }
    assertThat(ids(kafka.read("t")).stream().distinct()).containsExactlyElementsOf(expected);
  }

  /** Like the delivery loop, but without back-off: a connect waits itself. */
  private static void connectAtLast(KafkaSink sink) throws InterruptedException {
    List<String> refusals = new ArrayList<>();
    while (refusals.size() < 100) {
      try {
        sink.connect();
        return;
      } catch (DeliveryException e) {
        refusals.add(e.getMessage());
      }
    }
    throw new AssertionError(refusals.toString());
  }

  @Test
  void brokerBackWithAnEmptyDiskGetsTheRest() throws Exception {
    kafka = new TestingKafka(folder.resolve("broker")).start();
    kafka.createTopic("t", Map.of());
    try (KafkaSink sink = sink(SHORT)) {
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 10))).isEqualTo(DeliveryResult.delivered(10));
      kafka.stop();
      kafka.startEmpty(folder.resolve("empty"));

      assertThat(sink.deliver(EVENTS.between(11, 20)).retry()).isPresent();
      assertThatThrownBy(sink::connect)
          .hasMessage(
              "topic t does not exist on "
                  + kafka.server()
                  + ": create it or let the broker do so (auto.create.topics.enable)");
      kafka.createTopic("t", Map.of());
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(11, 20))).isEqualTo(DeliveryResult.delivered(10));
    }
    assertThat(Stream.of(ids(kafka.read("t")))).containsExactly(TestingEvents.ids(11, 20));
  }

  @Test
  void topicThatIsMadeAnewGetsTheRest() throws Exception {
    kafka = new TestingKafka(folder.resolve("broker")).start();
    kafka.createTopic("t", Map.of());
    try (KafkaSink sink = sink(SHORT)) {
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 10))).isEqualTo(DeliveryResult.delivered(10));
      kafka.stop();
      kafka.startEmpty(folder.resolve("empty"));
      kafka.createTopic("t", Map.of());

      int settled = sink.deliver(EVENTS.between(11, 20)).settled();
      if (settled < 10) {
        sink.connect();
        assertThat(sink.deliver(EVENTS.between(11 + settled, 20)).retry()).isEmpty();
      }
    }
    assertThat(ids(kafka.read("t")).stream().distinct())
        .containsExactlyElementsOf(TestingEvents.ids(11, 20));
  }
}
