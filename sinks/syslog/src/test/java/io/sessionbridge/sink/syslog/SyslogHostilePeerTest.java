package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.HostilePeerContract;
import io.sessionbridge.testkit.TestingConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Peers that are not receivers. */
class SyslogHostilePeerTest {

  abstract static class Contract extends HostilePeerContract {

    abstract String keys();

    @Override
    protected Sink create(SinkContext context, int port) {
      String yaml = "{server: \"127.0.0.1:" + port + "\", timeout: 1s, " + keys() + "}";
      return new SyslogSink(context, TestingConfig.read(SyslogSinkConfig.SPEC, yaml));
    }
  }

  @Nested
  final class Relp extends Contract {

    private static TestingReceiver receiver;

    @BeforeAll
    static void start() throws Exception {
      receiver = TestingReceiver.plain(TestingReceiver.Protocol.RELP);
    }

    @AfterAll
    static void stop() throws Exception {
      receiver.close();
    }

    @Override
    String keys() {
      return "transport: relp";
    }

    @Override
    protected List<byte[]> lengths() {
      return List.of(
          "1 rsp 999999999 200 OK".getBytes(US_ASCII),
          "1 rsp 131073 200 OK".getBytes(US_ASCII),
          "1 rsp 4294967295 200 OK".getBytes(US_ASCII),
          "1 rsp -5 200 OK".getBytes(US_ASCII),
          "1 rsp 131072 200 OK".getBytes(US_ASCII));
    }

    /** The answer to open is some 60 bytes long, three answers to messages follow. */
    @Override
    protected Optional<Good> good() {
      return Optional.of(new Good(receiver.port(), 106, 7));
    }
  }

  @Nested
  final class RelpByTls extends Contract {
    @Override
    String keys() {
      return "transport: relp, tls: true";
    }
  }

  @Nested
  final class Tcp extends Contract {
    @Override
    String keys() {
      return "transport: tcp";
    }

    /** A receiver of plain syslog never answers. */
    @Override
    protected boolean needsAnswers() {
      return false;
    }
  }

  @Nested
  final class TcpByTls extends Contract {
    @Override
    String keys() {
      return "transport: tcp, tls: true";
    }
  }
}
