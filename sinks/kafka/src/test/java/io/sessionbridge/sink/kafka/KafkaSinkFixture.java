package io.sessionbridge.sink.kafka;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A healthy broker for the tests of a class, and sinks for it. */
abstract class KafkaSinkFixture {

  static final TestingEvents EVENTS = new TestingEvents("cloudevents_binary");
  static final TestingHost HOST = new TestingHost();

  static final ProducerTimeouts SHORT =
      new ProducerTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(30));

  @TempDir private static Path folder;
  static TestingKafka kafka;
  final WrongClock clock = new WrongClock();
  final TestingSinkContext context = new TestingSinkContext(clock, folder);

  @BeforeAll
  static void start() {
    kafka = new TestingKafka(folder.resolve("broker")).start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  KafkaSink sink(String topic, String... more) {
    return new KafkaSink(
        context,
        TestingConfig.read(
            KafkaSinkConfig.SPEC,
            "bootstrap_servers: [\""
                + kafka.server()
                + "\"]\ntopic: "
                + topic
                + "\n"
                + String.join("\n", more)),
        SHORT);
  }

  /** The time of this machine, with an offset. */
  static final class WrongClock implements Clock {
    volatile Duration error = Duration.ZERO;

    @Override
    public Instant now() {
      return Clock.system().now().plus(error);
    }

    @Override
    public long nanoTime() {
      return Clock.system().nanoTime() + error.toNanos();
    }

    @Override
    public Signal signal() {
      return Clock.system().signal();
    }
  }

  static String topic(TestInfo test, Map<String, String> settings) throws Exception {
    String topic = test.getTestMethod().orElseThrow().getName();
    kafka.createTopic(topic, settings);
    return topic;
  }
}
