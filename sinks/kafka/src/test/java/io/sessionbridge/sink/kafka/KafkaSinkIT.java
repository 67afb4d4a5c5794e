package io.sessionbridge.sink.kafka;

import static io.sessionbridge.sink.kafka.TestingRecords.header;
import static io.sessionbridge.sink.kafka.TestingRecords.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingEvents;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The records that arrive in a topic, and their form. */
final class KafkaSinkIT extends KafkaSinkFixture {

  private static final EventData LOGON =
      TestingEvents.data(Kind.LOGON).put(Field.USER_NAME, "Bernd Ärger").build();

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

  /** A broker that advertises the address in bootstrap_servers is asked once, not three times. */
  @Test
  void aConnectTakesOneConnectionBesideThoseOfTheClient(TestInfo test) throws Exception {
    String topic = topic(test, Map.of());
    try (KafkaSink sink = sink(topic)) {
      long before = connectionsAccepted();
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 1))).isEqualTo(DeliveryResult.delivered(1));
      // The client has one to the bootstrap server and one to the leader.
      assertThat(connectionsAccepted() - before).isEqualTo(3);
    }
  }

  private static long connectionsAccepted() throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    String pattern =
        "kafka.server:type=socket-server-metrics,listener=PLAINTEXT,networkProcessor=*";
    long sum = 0;
    for (ObjectName name : beans.queryNames(new ObjectName(pattern), null)) {
      sum += ((Number) beans.getAttribute(name, "connection-creation-total")).longValue();
    }
    return sum;
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
