package io.sessionbridge.sink.kafka;

import static io.sessionbridge.sink.kafka.HostileBroker.API_VERSIONS;
import static io.sessionbridge.sink.kafka.HostileBroker.METADATA;
import static io.sessionbridge.sink.kafka.HostileBroker.SASL_AUTHENTICATE;
import static io.sessionbridge.sink.kafka.HostileBroker.SASL_HANDSHAKE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.HostilePeer;
import io.sessionbridge.testkit.HostilePeerContract;
import io.sessionbridge.testkit.OldGeneration;
import io.sessionbridge.testkit.TestingCertificates;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingSecrets;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer with a valid certificate is not trusted more after the handshake than one without. */
class KafkaHostileTlsTest extends HostilePeerContract {

  private static final ProducerTimeouts SHORT =
      new ProducerTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(6));

  @TempDir static Path certificateFolder;
  private static TestingCertificates certificates;
  private static SSLContext tls;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = new TestingCertificates(certificateFolder).server("broker");
    tls = certificates.context("broker");
  }

  @Override
  protected HostilePeer peer(HostilePeer.Behaviour behaviour) throws Exception {
    return new HostilePeer(behaviour, tls);
  }

  @Override
  protected Duration limit() {
    return Duration.ofSeconds(40);
  }

  @Override
  protected Sink create(SinkContext context, int port) {
    return sink(context, port, "");
  }

  private static Sink sink(SinkContext context, int port, String more) {
    String yaml =
        "{bootstrap_servers: [\"127.0.0.1:%d\"], topic: t, ca_file: \"%s\"%s}"
            .formatted(port, certificates.certificate("ca"), more);
    return new KafkaSink(context, TestingConfig.read(KafkaSinkConfig.SPEC, yaml), SHORT);
  }

  @Override
  protected List<byte[]> lengths() {
    return List.of(
        new byte[] {0x7F, -1, -1, -1},
        new byte[] {-1, -1, -1, -1},
        new byte[] {0, 0x10, 0, 1},
        new byte[] {0, 0, 0, 10, 0, 0, 0, 18, 0, 0, 0x7F, -1, -1, -1});
  }

  @Test
  void aPortForHttpsIsNamed() throws Exception {
    assertRefused(
        HostilePeer.Kind.HTTP, "speaks HTTP, not Kafka: is the port in bootstrap_servers right?");
  }

  @Test
  void anotherProtocolIsNamed() throws Exception {
    assertRefused(
        HostilePeer.says("* OK imap.example is ready\r\n".getBytes(UTF_8)),
        "does not speak Kafka: its answer begins with \"* OK imap.example is\","
            + " is the port in bootstrap_servers right?");
  }

  private void assertRefused(HostilePeer.Behaviour behaviour, String message) throws Exception {
    SinkContext context = new TestingSinkContext(Clock.system(), folder);
    try (HostilePeer peer = peer(behaviour);
        Sink sink = sink(context, peer.port(), "")) {
      String said = "127.0.0.1:" + peer.port() + " " + message;
      assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class).hasMessage(said);
      assertThat(sink.check()).isEqualTo(Health.degraded(said));
    }
  }

  private static final String A_GIGABYTE = "40000000";
  private static final String HTTP = "485454502f312e3120343030";
  private static final String BY_CHANCE = "7e71230720d1c4";

  @ParameterizedTest
  @CsvSource({
    API_VERSIONS + "," + A_GIGABYTE,
    API_VERSIONS + "," + HTTP,
    METADATA + "," + A_GIGABYTE,
    METADATA + "," + HTTP,
    METADATA + "," + BY_CHANCE
  })
  void aBrokerThatTurnsHostileAllocatesNothing(int api, String says) throws Exception {
    assertNamed(api, says, "");
  }

  @ParameterizedTest
  @CsvSource({
    SASL_HANDSHAKE + "," + A_GIGABYTE,
    SASL_HANDSHAKE + "," + HTTP,
    SASL_AUTHENTICATE + "," + A_GIGABYTE,
    SASL_AUTHENTICATE + "," + BY_CHANCE,
    METADATA + "," + HTTP
  })
  void aBrokerThatTurnsHostileAfterALoginAllocatesNothing(int api, String says) throws Exception {
    Path password = TestingSecrets.write(folder.resolve("pw"), "secret");
    assertNamed(
        api, says, ", sasl_mechanism: plain, username: kim, password_file: \"" + password + "\"");
  }

  private void assertNamed(int api, String says, String more) throws Exception {
    SinkContext context = new TestingSinkContext(Clock.system(), folder);
    OldGeneration heap = new OldGeneration();
    AtomicInteger turned = new AtomicInteger();
    int[] port = {0};
    byte[] bytes = HexFormat.of().parseHex(says);
    try (HostilePeer broker = peer(HostileBroker.broker("127.0.0.1", port, api, bytes, turned));
        Sink sink = sink(context, broker.port(), more)) {
      port[0] = broker.port();
      DeliveryException failure = catchThrowableOfType(DeliveryException.class, sink::connect);
      // A client that starts on a busy machine may not have read its answer in time.
      for (int i = 0; i < 20 && failure.getMessage().contains("did not answer"); i++) {
        failure = catchThrowableOfType(DeliveryException.class, sink::connect);
      }
      assertThat(turned.get()).as("requests of the client").isPositive();
      assertThat(failure.getMessage())
          .isEqualTo(
              "a broker of 127.0.0.1:"
                  + broker.port()
                  + " announced an answer of "
                  + ByteBuffer.wrap(bytes).getInt()
                  + " bytes, but at most 1048576 are accepted:"
                  + " do all listeners that the cluster advertises speak Kafka?");
      assertThat(sink.check()).isEqualTo(Health.degraded(failure.getMessage()));
    }
    heap.assertLittleAllocated(api + " " + says);
  }
}
