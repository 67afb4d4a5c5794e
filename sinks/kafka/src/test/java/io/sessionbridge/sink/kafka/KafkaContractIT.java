package io.sessionbridge.sink.kafka;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.SinkContract;
import io.sessionbridge.testkit.TcpFaultProxy;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every sink, with a broker behind a proxy that can cut the connection. */
final class KafkaContractIT extends SinkContract {

  private static final ProducerTimeouts SHORT =
      new ProducerTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(4));

  @TempDir private static Path brokerFolder;
  private static TestingKafka kafka;
  private static TcpFaultProxy proxy;
  private static int topics;

  private String topic = "";

  @BeforeAll
  static void start() throws Exception {
    kafka = new TestingKafka(brokerFolder.resolve("broker"));
    proxy = TcpFaultProxy.before("127.0.0.1", kafka.port());
    kafka.with(
        "advertised.listeners",
        "PLAINTEXT://" + proxy.address() + ",SASL_PLAINTEXT://" + kafka.saslServer());
    kafka.startApart();
  }

  @AfterAll
  static void stop() throws Exception {
    kafka.close();
    proxy.close();
  }

  @BeforeEach
  void makeTopic() throws Exception {
    topic = "contract-" + topics++;
    kafka.createTopic(topic, Map.of());
  }

  @Override
  protected Sink create(SinkContext context) {
    String yaml =
        "{bootstrap_servers: [\""
            + proxy.address()
            + "\"], topic: "
            + topic
            + ", properties: {max.request.size: \"100000\"}}";
    return new KafkaSink(context, TestingConfig.read(KafkaSinkConfig.SPEC, yaml), SHORT);
  }

  @Override
  protected String format() {
    return "cloudevents_binary";
  }

  @Override
  protected List<String> received() {
    return TestingRecords.ids(kafka.read(topic));
  }

  @Override
  protected void breakPeer() {
    proxy.refuse();
  }

  @Override
  protected void healPeer() throws Exception {
    proxy.heal();
  }

  /** Larger than the producer sends. */
  @Override
  protected EncodedEvent refused(TestingEvents from) {
    return from.next(
        TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(200 * 1024)).build());
  }
}
