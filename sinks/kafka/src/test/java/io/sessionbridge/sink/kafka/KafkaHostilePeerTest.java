package io.sessionbridge.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.HostilePeer;
import io.sessionbridge.testkit.HostilePeerContract;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingSinkContext;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Kafka client never sees such a peer: whatever it says, the probe reads it. */
class KafkaHostilePeerTest extends HostilePeerContract {

  private static final ProducerTimeouts SHORT =
      new ProducerTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2));
  private static final int API_VERSIONS = 18;

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
    try (HostilePeer broker = new HostilePeer(advertising("127.0.0.1", advertised));
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

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A broker that answers ApiVersions and Metadata and nothing else. */
  private static HostilePeer.Behaviour advertising(String host, int port) {
    return (in, out, closing) -> {
      DataInputStream requests = new DataInputStream(in);
      while (true) {
        byte[] request = requests.readNBytes(requests.readInt());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream answer = new DataOutputStream(body);
        answer.write(request, 4, 4);
        if (request[1] == API_VERSIONS) {
          answer.writeShort(0);
          answer.writeInt(1);
          answer.write(new byte[] {0, 3, 0, 0, 0, 13});
        } else {
          answer.writeInt(1);
          answer.writeInt(7);
          answer.writeUTF(host);
          answer.writeInt(port);
          answer.writeShort(-1);
          answer.writeInt(7);
          answer.writeInt(0);
        }
        DataOutputStream framed = new DataOutputStream(out);
        framed.writeInt(body.size());
        framed.write(body.toByteArray());
      }
    };
  }
}
