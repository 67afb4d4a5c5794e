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
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingSinkContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kafka client never connects to such a peer: only the probe reads what it sends. */
class KafkaHostilePeerTest extends HostilePeerContract {

  private static final ProducerTimeouts SHORT =
      new ProducerTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2));

  @Override
  protected Sink create(SinkContext context, int port) {
    return sink(context, port, "");
  }

  private static Sink sink(SinkContext context, int port, String more) {
    String yaml = "{bootstrap_servers: [\"127.0.0.1:" + port + "\"], topic: t" + more + "}";
    return new KafkaSink(context, TestingConfig.read(KafkaSinkConfig.SPEC, yaml), SHORT);
  }

  @Override
  protected List<byte[]> lengths() {
    return List.of(
        new byte[] {0x7F, -1, -1, -1},
        new byte[] {-1, -1, -1, -1},
        new byte[] {0, 0x10, 0, 1},
        new byte[] {0, 0x10, 0, 0, 0, 0, 0, 18},
        // A count of 2^31 - 1 requests, and an answer that is shorter than its own number.
        new byte[] {0, 0, 0, 10, 0, 0, 0, 18, 0, 0, 0x7F, -1, -1, -1},
        new byte[] {0, 0, 0, 1, 0});
  }

  private void assertRefused(HostilePeer.Behaviour behaviour, String more, String message)
      throws Exception {
    SinkContext context = new TestingSinkContext(Clock.system(), folder);
    try (HostilePeer peer = new HostilePeer(behaviour);
        Sink sink = sink(context, peer.port(), more)) {
      String said = "127.0.0.1:" + peer.port() + " " + message;
      assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class).hasMessage(said);
      assertThat(sink.check()).isEqualTo(Health.degraded(said));
    }
  }

  @Test
  void aPortForTlsIsNamed() throws Exception {
    assertRefused(HostilePeer.Kind.TLS_ALERT, "", "speaks TLS: set tls: true");
  }

  @Test
  void aPortForHttpIsNamed() throws Exception {
    String message = "speaks HTTP, not Kafka: is the port in bootstrap_servers right?";
    assertRefused(HostilePeer.Kind.HTTP, "", message);
    assertRefused(HostilePeer.Kind.HTTP, ", tls: true", message);
  }

  @Test
  void anotherProtocolIsNamed() throws Exception {
    assertRefused(
        HostilePeer.says("220 mail.example \u001B[2J\r\n".getBytes(UTF_8)),
        "",
        "does not speak Kafka: its answer begins with \"220 mail.example \uFFFD[2\","
            + " is the port in bootstrap_servers right?");
  }

  @Test
  void silenceIsNamed() throws Exception {
    assertRefused(
        HostilePeer.Kind.SILENT,
        "",
        "accepts the connection but does not answer: is it a Kafka broker?");
  }

  @Test
  void anUnreachableAdvertisedListenerIsNamed() throws Exception {
    int nobody = unusedPort();
    assertRefusedAdvertised(
        nobody,
        "127.0.0.1:"
            + nobody
            + " refuses connections: is the broker up, and is bootstrap_servers right?");
  }

  @Test
  void anAdvertisedListenerThatIsNotKafkaIsNamed() throws Exception {
    try (HostilePeer web = new HostilePeer(HostilePeer.Kind.HTTP)) {
      assertRefusedAdvertised(
          web.port(),
          "127.0.0.1:"
              + web.port()
              + " speaks HTTP, not Kafka: is the port in bootstrap_servers right?");
    }
  }

  private void assertRefusedAdvertised(int advertised, String why) throws Exception {
    SinkContext context = new TestingSinkContext(Clock.system(), folder);
    try (HostilePeer broker = new HostilePeer(HostileBroker.advertising("127.0.0.1", advertised));
        Sink sink = sink(context, broker.port(), "")) {
      assertThatThrownBy(sink::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage(
              "broker 7 advertises 127.0.0.1:"
                  + advertised
                  + ", which this host cannot use: "
                  + why
                  + " (advertised.listeners of the broker)");
    }
  }

  /** More than the largest heap of an agent. */
  private static final byte[] A_GIGABYTE = {0x40, 0, 0, 0};

  @ParameterizedTest
  @ValueSource(ints = {API_VERSIONS, METADATA})
  void aBrokerThatTurnsHostileAllocatesNothing(int api) throws Exception {
    assertThatNothingIsAllocated(api, "");
  }

  @ParameterizedTest
  @ValueSource(ints = {API_VERSIONS, SASL_HANDSHAKE, SASL_AUTHENTICATE, METADATA})
  void aBrokerThatTurnsHostileAfterALoginAllocatesNothing(int api) throws Exception {
    Path password = Files.writeString(folder.resolve("pw"), "secret");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    assertThatNothingIsAllocated(
        api, ", sasl_mechanism: plain, username: kim, password_file: \"" + password + "\"");
  }

  /** The probe sees a broker; the client gets a huge length at its first request of that kind. */
  private void assertThatNothingIsAllocated(int api, String more) throws Exception {
    SinkContext context = new TestingSinkContext(Clock.system(), folder);
    OldGeneration heap = new OldGeneration();
    AtomicInteger turned = new AtomicInteger();
    int[] port = {0};
    try (HostilePeer broker =
            new HostilePeer(HostileBroker.broker("127.0.0.1", port, api, A_GIGABYTE, turned));
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
                  + " announced an answer of 1073741824 bytes, but at most 1048576 are accepted:"
                  + " do all listeners that the cluster advertises speak Kafka?");
      assertThat(sink.check()).isEqualTo(Health.degraded(failure.getMessage()));
    }
    heap.assertLittleAllocated(String.valueOf(api));
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
