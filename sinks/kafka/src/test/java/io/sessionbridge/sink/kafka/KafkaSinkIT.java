package io.sessionbridge.sink.kafka;

import static io.sessionbridge.sink.kafka.TestingRecords.header;
import static io.sessionbridge.sink.kafka.TestingRecords.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What arrives in a topic of a broker that is well. */
final class KafkaSinkIT {

  private static final TestingEvents EVENTS = new TestingEvents("cloudevents_binary");
  private static final TestingHost HOST = new TestingHost();
  private static final EventData LOGON =
      TestingEvents.data(Kind.LOGON).put(Field.USER_NAME, "Bernd Ärger").build();

  private static final ProducerTimeouts SHORT =
      new ProducerTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(30));

  @TempDir private static Path folder;
  private static TestingKafka kafka;
  private final WrongClock clock = new WrongClock();
  private final TestingSinkContext context = new TestingSinkContext(clock, folder);

  @BeforeAll
  static void start() {
    kafka = new TestingKafka(folder.resolve("broker")).start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private KafkaSink sink(String topic, String... more) {
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

  private static EncodedEvent large(long number, int bytes) {
    EventData data = TestingEvents.data(Kind.LOGON).put(Field.USER_NAME, "x".repeat(bytes)).build();
    return EVENTS.of(number, Instant.now(), data);
  }

  /** The time of this machine, and an error of it. */
  private static final class WrongClock implements Clock {
    private volatile Duration error = Duration.ZERO;

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

  private static String topic(TestInfo test, Map<String, String> settings) throws Exception {
    String topic = test.getTestMethod().orElseThrow().getName();
    kafka.createTopic(topic, settings);
    return topic;
  }

  @Test
  void eventsArriveInOrderAndAreCounted(TestInfo test) throws Exception {
    String topic = topic(test, Map.of());
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (KafkaSink sink = sink(topic)) {
      assertThat(sink.check()).isEqualTo(Health.degraded("not connected yet"));
      sink.connect();
      assertThat(sink.check()).isEqualTo(Health.up());
      assertThat(sink.deliver(EVENTS.between(1, 3_000))).isEqualTo(DeliveryResult.delivered(3_000));
      assertThat(sink.deliver(EVENTS.between(3_001, 3_001))).isEqualTo(DeliveryResult.delivered(1));
    }

    List<ConsumerRecord<byte[], byte[]>> records = kafka.read(topic);
    assertThat(ids(records)).isEqualTo(TestingEvents.ids(1, 3_001));
    assertThat(records)
        .allSatisfy(
            record -> {
              assertThat(record.key()).asString().isEqualTo(HOST.id());
              assertThat(record.timestamp()).isBetween(before.toEpochMilli(), Long.MAX_VALUE);
            });
    assertThat(context.metrics().count("kafka_acknowledged_total")).isEqualTo(3_001);
    assertThat(context.metrics().count("kafka_producers_total")).isEqualTo(1);
  }

  @Test
  void binaryModeIsACloudEvent(TestInfo test) throws Exception {
    String topic = topic(test, Map.of());
    Instant time = Instant.parse("2026-11-20T08:00:00.123456Z");
    deliverOne(topic, EVENTS.of(7, time, LOGON));

    ConsumerRecord<byte[], byte[]> record = kafka.read(topic).get(0);
    CloudEvent parsed = parse(record);
    assertThat(parsed.getSpecVersion().toString()).isEqualTo("1.0");
    assertThat(parsed.getId()).isEqualTo(TestingEvents.id(7));
    assertThat(parsed.getSource()).hasToString("/sessionbridge/" + HOST.id());
    assertThat(parsed.getType()).isEqualTo("io.sessionbridge.session.logon.v1");
    assertThat(parsed.getSubject()).isEqualTo("session/2");
    assertThat(parsed.getTime()).isEqualTo(time.atOffset(ZoneOffset.UTC));
    assertThat(parsed.getDataContentType()).isEqualTo("application/json");
    assertThat(parsed.getDataSchema()).hasToString("urn:sessionbridge:schema:session-event:1");
    assertThat(parsed.getExtension("sequence")).isEqualTo("00000000000000000007");
    assertThat(parsed.getExtension("partitionkey")).isEqualTo(HOST.id());
    assertThat(parsed.getExtension("recordedtime")).isEqualTo("2026-11-20T08:00:00.124456Z");
    assertThat(new String(parsed.getData().toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"kind\":\"logon\",\"host_id\":\""
                + HOST.id()
                + "\",\"session_id\":2,\"host_name\":\"WS-TEST\","
                + "\"user_name\":\"Bernd Ärger\",\"user_domain\":\"CONTOSO\"}");
  }

  @Test
  void structuredModeIsACloudEvent(TestInfo test) throws Exception {
    String topic = topic(test, Map.of());
    deliverOne(topic, new TestingEvents("cloudevents").of(8, Instant.now(), LOGON));

    ConsumerRecord<byte[], byte[]> record = kafka.read(topic).get(0);
    assertThat(header(record, "content-type"))
        .isEqualTo("application/cloudevents+json; charset=UTF-8");
    assertThat(record.headers()).hasSize(1);
    CloudEvent parsed = parse(record);
    assertThat(parsed.getId()).isEqualTo(TestingEvents.id(8));
    assertThat(new String(parsed.getData().toBytes(), StandardCharsets.UTF_8))
        .contains("\"user_name\":\"Bernd Ärger\"");
  }

  private void deliverOne(String topic, EncodedEvent event) throws Exception {
    try (KafkaSink sink = sink(topic)) {
      sink.connect();
      assertThat(sink.deliver(List.of(event))).isEqualTo(DeliveryResult.delivered(1));
    }
  }

  private static CloudEvent parse(ConsumerRecord<byte[], byte[]> record) {
    try (CloudEventDeserializer deserializer = new CloudEventDeserializer()) {
      return deserializer.deserialize(record.topic(), record.headers(), record.value());
    }
  }

  @Test
  void eventTooLargeForTheClientIsRejectedAlone(TestInfo test) throws Exception {
    String topic = topic(test, Map.of());
    try (KafkaSink sink = sink(topic, "compression: none")) {
      sink.connect();
      DeliveryResult result =
          sink.deliver(List.of(EVENTS.of(1), large(2, 1_100_000), EVENTS.of(3)));
      assertThat(result.settled()).isEqualTo(3);
      assertThat(result.retry()).isEmpty();
      assertThat(result.rejected()).hasSize(1);
      assertThat(result.rejected().get(0).index()).isEqualTo(1);
      assertThat(result.rejected().get(0).reason())
          .matches(
              "record of 1100[01]\\d\\d bytes: The message is \\d+ bytes when serialized which is larger"
                  + " than 1048576, which is the value of the max.request.size configuration.");
      assertThat(sink.check()).isEqualTo(Health.up());
    }
    assertThat(ids(kafka.read(topic))).containsExactly(TestingEvents.id(1), TestingEvents.id(3));
    assertThat(context.metrics().count("kafka_acknowledged_total")).isEqualTo(2);
  }

  @Test
  void eventTooLargeForTheTopicIsRejectedAlone(TestInfo test) throws Exception {
    String topic = topic(test, Map.of("max.message.bytes", "2000"));
    try (KafkaSink sink = sink(topic, "compression: none")) {
      sink.connect();
      List<EncodedEvent> batch = new ArrayList<>(EVENTS.between(1, 50));
      batch.set(20, large(21, 5_000));
      assertThat(sink.deliver(batch))
          .isEqualTo(
              DeliveryResult.settled(
                  50,
                  List.of(
                      new DeliveryResult.Rejection(
                          20,
                          "record of "
                              + batch.get(20).body().length
                              + " bytes: The request included a message larger than the max message"
                              + " size the server will accept."))));
    }
    List<String> expected = new ArrayList<>(TestingEvents.ids(1, 50));
    expected.remove(20);
    assertThat(ids(kafka.read(topic))).containsExactlyElementsOf(expected);
  }

  private static final Duration MONTH = Duration.ofDays(30);

  @Test
  void oldBacklogGetsTheTimeOfSending(TestInfo test) throws Exception {
    String topic = topic(test, WEEK);
    Instant now = Instant.now();
    try (KafkaSink sink = sink(topic)) {
      sink.connect();
      assertThat(sink.deliver(List.of(EVENTS.of(1, now.minus(MONTH)), EVENTS.of(2, now))))
          .isEqualTo(DeliveryResult.delivered(2));
    }
    List<ConsumerRecord<byte[], byte[]>> records = kafka.read(topic);
    assertThat(ids(records)).containsExactly(TestingEvents.id(1), TestingEvents.id(2));
    assertThat(records.get(0).timestamp()).isGreaterThanOrEqualTo(now.toEpochMilli());
    assertThat(context.metrics().count("kafka_moved_to_present_total")).isZero();
  }

  private static final Map<String, String> WEEK =
      Map.of(
          "retention.ms", "604800000",
          "message.timestamp.before.max.ms", "604800000",
          "message.timestamp.after.max.ms", "3600000");

  @Test
  void eventTimesAreKeptAsFarAsTheBrokerTakesThem(TestInfo test) throws Exception {
    String topic = topic(test, WEEK);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<EncodedEvent> batch = new ArrayList<>();
    batch.add(EVENTS.of(1, now.minus(MONTH.plusDays(1))));
    batch.add(EVENTS.of(2, now.minus(MONTH)));
    batch.add(EVENTS.of(3, now.minus(Duration.ofDays(6))));
    batch.add(EVENTS.of(4, now.minus(Duration.ofDays(5))));
    batch.add(EVENTS.of(5, now));
    batch.add(EVENTS.of(6, now.plus(Duration.ofDays(2))));
    batch.add(EVENTS.of(7, now.minus(MONTH)));
    batch.add(EVENTS.of(8, now));
    try (KafkaSink sink = sink(topic, "timestamp: event")) {
      sink.connect();
      assertThat(sink.deliver(batch)).isEqualTo(DeliveryResult.delivered(8));
    }

    List<ConsumerRecord<byte[], byte[]>> records = kafka.read(topic);
    assertThat(ids(records)).isEqualTo(TestingEvents.ids(1, 8));
    assertThat(records)
        .extracting(record -> record.timestamp() < now.toEpochMilli())
        .containsExactly(false, false, true, true, false, false, false, false);
    assertThat(records.get(2).timestamp()).isEqualTo(now.minus(Duration.ofDays(6)).toEpochMilli());
    assertThat(records.get(4).timestamp()).isEqualTo(now.toEpochMilli());
    assertThat(records.get(5).timestamp()).isLessThan(now.plusSeconds(3600).toEpochMilli());
    assertThat(context.metrics().count("kafka_moved_to_present_total")).isEqualTo(4);
    assertThat(context.metrics().count("kafka_producers_total")).isEqualTo(1);
  }

  @Test
  void refusedTimeAmongAcceptedOnesGoesAgain(TestInfo test) throws Exception {
    // Two ages that the sink takes for harmless, so that they share a request, and the broker not.
    String topic = topic(test, Map.of("message.timestamp.before.max.ms", "20000"));
    Instant now = Instant.now();
    List<EncodedEvent> batch = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      batch.add(EVENTS.of(i, now));
    }
    batch.set(2, EVENTS.of(3, now.minusSeconds(40)));
    batch.set(4, EVENTS.of(5, now.minusSeconds(30)));
    try (KafkaSink sink = sink(topic, "timestamp: event")) {
      sink.connect();
      assertThat(sink.deliver(batch)).isEqualTo(DeliveryResult.delivered(6));
    }
    assertThat(ids(kafka.read(topic))).isEqualTo(TestingEvents.ids(1, 6));
    assertThat(context.metrics().count("kafka_moved_to_present_total")).isEqualTo(2);
  }

  @Test
  void wrongClockOfThisHostIsToldAndLosesNothing(TestInfo test) throws Exception {
    String topic = topic(test, WEEK);
    try (KafkaSink sink = sink(topic)) {
      sink.connect();
      clock.error = Duration.ofDays(1);
      DeliveryResult result = sink.deliver(EVENTS.between(1, 2));
      assertThat(result.settled()).isZero();
      assertThat(result.retry().orElseThrow().message())
          .startsWith(
              kafka.server()
                  + " refuses the present time: is the clock of this host right? (Timestamp ");
      assertThat(sink.check().detail()).isEqualTo(result.retry().orElseThrow().message());

      sink.connect();
      clock.error = Duration.ZERO;
      assertThat(sink.deliver(EVENTS.between(1, 2))).isEqualTo(DeliveryResult.delivered(2));
      assertThat(sink.check()).isEqualTo(Health.up());
    }
    assertThat(ids(kafka.read(topic))).containsExactly(TestingEvents.id(1), TestingEvents.id(2));
  }

  @Test
  void missingTopicIsToldUntilItIsThere(TestInfo test) throws Exception {
    String topic = test.getTestMethod().orElseThrow().getName();
    try (KafkaSink sink = sink(topic)) {
      String message =
          "topic missingTopicIsToldUntilItIsThere does not exist on "
              + kafka.server()
              + ": create it or let the broker do so (auto.create.topics.enable)";
      assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class).hasMessage(message);
      assertThat(sink.check()).isEqualTo(Health.degraded(message));
      assertThat(sink.deliver(EVENTS.between(1, 1)))
          .isEqualTo(DeliveryResult.unavailable(0, List.of(), "not connected"));

      kafka.createTopic(topic, Map.of());
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 2))).isEqualTo(DeliveryResult.delivered(2));
    }
    assertThat(ids(kafka.read(topic))).containsExactly(TestingEvents.id(1), TestingEvents.id(2));
  }

  @Test
  void interruptEndsAConnect() {
    KafkaSink sink = sink("nowhere");
    Thread.currentThread().interrupt();
    assertThatThrownBy(sink::connect).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    sink.close();
  }

  @Test
  void interruptEndsADelivery(TestInfo test) throws Exception {
    String topic = topic(test, Map.of());
    KafkaSink sink = sink(topic);
    sink.connect();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> sink.deliver(EVENTS.between(1, 10)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    Thread.currentThread().interrupt();
    sink.close();
    assertThat(Thread.interrupted()).as("a close keeps the interrupt").isTrue();
  }

  @Test
  void everyCodecArrives(TestInfo test) throws Exception {
    String topic = topic(test, Map.of());
    int sequence = 0;
    for (Codec codec : Codec.values()) {
      try (KafkaSink sink = sink(topic, "compression: " + codec.kafkaName())) {
        sink.connect();
        sequence++;
        assertThat(sink.deliver(EVENTS.between(sequence, sequence)))
            .isEqualTo(DeliveryResult.delivered(1));
      }
    }
    assertThat(ids(kafka.read(topic))).isEqualTo(TestingEvents.ids(1, 5));
  }
}
