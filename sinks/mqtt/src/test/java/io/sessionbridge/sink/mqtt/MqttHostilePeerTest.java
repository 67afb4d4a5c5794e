package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.sink.mqtt.settings.ConnectionTimeouts;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.HostilePeerContract;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Peers that are not brokers. */
class MqttHostilePeerTest {

  private static final ConnectionTimeouts SHORT =
      new ConnectionTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(200));

  /** A CONNACK and a PUBLISH with the largest length, and an endless length. */
  private static final List<byte[]> LENGTHS =
      List.of(
          new byte[] {0x20, -1, -1, -1, 0x7F},
          new byte[] {0x20, -1, -1, -1, -1, 0x7F},
          new byte[] {0x20, 2, 0, 0, 0x30, -1, -1, -1, 0x7F},
          new byte[] {0x20, 3, 0, 0, 0, 0x30, -1, -1, -1, 0x7F},
          new byte[] {0x20, 3, 0, 0, 0, 0x40, 100},
          // Packets that no broker sends: a PUBLISH whose topic is not UTF-8, and a CONNECT.
          new byte[] {0x20, 2, 0, 0, 0x30, 4, 0, 2, -1, -1},
          new byte[] {0x20, 3, 0, 0, 0, 0x30, 4, 0, 2, -1, -1},
          new byte[] {0x10, 8, 0, 2, -1, -1, 4, 2, 0, 60});

  private static Sink sink(SinkContext context, String scheme, int port, String more) {
    return sink(context, scheme, port, more, SHORT);
  }

  private static Sink sink(
      SinkContext context, String scheme, int port, String more, ConnectionTimeouts timeouts) {
    String yaml = "{server: \"" + scheme + "://127.0.0.1:" + port + "\"" + more + "}";
    return new MqttSink(context, TestingConfig.read(MqttSinkConfig.SPEC, yaml), timeouts);
  }

  abstract static class Contract extends HostilePeerContract {

    abstract String scheme();

    abstract String more();

    @Override
    protected Sink create(SinkContext context, int port) {
      return sink(context, scheme(), port, more());
    }

    @Override
    protected List<byte[]> lengths() {
      return LENGTHS;
    }
  }

  @Nested
  final class Version3 extends Contract {

    @TempDir static Path brokerFolder;
    private static TestingMoquette broker;

    @BeforeAll
    static void start() throws Exception {
      broker = new TestingMoquette(brokerFolder);
      broker.start();
      // It creates its last thread at its first event, which takes a while on a busy machine.
      SinkContext context = new TestingSinkContext(Clock.system(), brokerFolder);
      try (Sink sink = sink(context, "tcp", broker.port(), "", ConnectionTimeouts.DEFAULT)) {
        sink.connect();
        assertThat(sink.deliver(new TestingEvents("cloudevents").next(1)).settled()).isOne();
      }
    }

    @AfterAll
    static void stop() throws Exception {
      broker.close();
    }

    @Override
    String scheme() {
      return "tcp";
    }

    @Override
    String more() {
      return ", presence: false";
    }

    /** A CONNACK and three PUBACKs of four bytes each. */
    @Override
    protected Optional<Good> good() {
      return Optional.of(new Good(broker.port(), 16, 3));
    }
  }

  @Nested
  final class Version5 extends Contract {
    @Override
    String scheme() {
      return "tcp";
    }

    @Override
    String more() {
      return ", version: 5";
    }
  }

  @Nested
  final class WebSocket extends Contract {
    @Override
    String scheme() {
      return "ws";
    }

    @Override
    String more() {
      return "";
    }
  }

  @Nested
  final class Proxy extends Contract {
    @Override
    protected Sink create(SinkContext context, int port) {
      String yaml = "{server: \"tcp://broker.invalid:1883\", proxy: \"127.0.0.1:" + port + "\"}";
      return new MqttSink(context, TestingConfig.read(MqttSinkConfig.SPEC, yaml), SHORT);
    }

    @Override
    String scheme() {
      return "tcp";
    }

    @Override
    String more() {
      return "";
    }
  }
}
