package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.testkit.TestingCertificates;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid certificates, each reported at connect and not after an event was sent. */
@Timeout(30)
class TlsFaultTest {

  @TempDir static Path shared;
  @TempDir Path folder;
  private static TestingCertificates ours;
  private static TestingCertificates theirs;

  private final TestingEvents events = new TestingEvents("sentence");
  private TestingReceiver receiver;

  @BeforeAll
  static void make() throws Exception {
    ours =
        new TestingCertificates(shared.resolve("ours"))
            .server("server")
            .issue("elsewhere", "-ext", "san=dns:siem.example")
            .issue("old", "-ext", "san=dns:localhost", "-startdate", "-10d", "-validity", "2")
            .issue("agent");
    theirs = new TestingCertificates(shared.resolve("theirs")).issue("agent");
  }

  @AfterEach
  void stop() throws Exception {
    receiver.close();
  }

  private void start(String transport, String certificate, boolean strict) throws Exception {
    TestingReceiver.Protocol protocol =
        transport.equals("relp") ? TestingReceiver.Protocol.RELP : TestingReceiver.Protocol.OCTETS;
    receiver = new TestingReceiver(protocol, Optional.of(ours.context(certificate)), strict);
  }

  private SyslogSink sink(String transport, String files) {
    String yaml =
        "{server: \"localhost:"
            + receiver.port()
            + "\", timeout: 10s, transport: "
            + transport
            + ", "
            + files
            + "}";
    return new SyslogSink(
        new TestingSinkContext(Clock.system(), folder),
        TestingConfig.read(SyslogSinkConfig.SPEC, yaml));
  }

  private static String ca(TestingCertificates authority) {
    return "ca_file: " + authority.certificate("ca");
  }

  private String refusal(String transport, String files) {
    try (SyslogSink sink = sink(transport, files)) {
      DeliveryException failure = catchThrowableOfType(DeliveryException.class, sink::connect);
      assertThat(failure).as("connect").isNotNull();
      assertThat(sink.check()).isEqualTo(Health.degraded(failure.getMessage()));
      return failure.getMessage().replace("localhost:" + receiver.port(), "SERVER");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "relp"})
  void expired(String transport) throws Exception {
    start(transport, "old", false);
    assertThat(refusal(transport, ca(ours)))
        .startsWith("the certificate of SERVER has expired: renew it there (");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "relp"})
  void otherHost(String transport) throws Exception {
    start(transport, "elsewhere", false);
    assertThat(refusal(transport, ca(ours)))
        .startsWith(
            "the certificate of SERVER is for another name: server must be one of its names (");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "relp"})
  void unknownAuthority(String transport) throws Exception {
    start(transport, "server", false);
    assertThat(refusal(transport, ca(theirs)))
        .isEqualTo(
            "the certificate of SERVER is not signed by an authority in ca_file "
                + theirs.certificate("ca")
                + ": is it the right one?");
    assertThat(refusal(transport, "tls: true"))
        .isEqualTo(
            "the certificate of SERVER is not signed by an authority in the trust store of"
                + " Java: set ca_file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "relp"})
  void noClientCertificate(String transport) throws Exception {
    start(transport, "server", true);
    assertThat(refusal(transport, ca(ours)))
        .matches(
            "SERVER (refuses|aborts).* set certificate_file and key_file, or certificate_store .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "relp"})
  void renewedCertificateNeedsNoRestart(String transport) throws Exception {
    start(transport, "server", true);
    Path certificate = Files.copy(theirs.certificate("agent"), folder.resolve("agent.pem"));
    Path key = Files.copy(theirs.key("agent"), folder.resolve("agent-key.pem"));
    String files = ca(ours) + ", certificate_file: " + certificate + ", key_file: " + key;
    try (SyslogSink sink = sink(transport, files)) {
      assertThatThrownBy(sink::connect)
          .hasMessageContaining(certificate + " of an authority that it trusts?");
      Files.copy(ours.certificate("agent"), certificate, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(ours.key("agent"), key, StandardCopyOption.REPLACE_EXISTING);
      sink.connect();
      assertThat(sink.deliver(events.next(5))).isEqualTo(DeliveryResult.delivered(5));
      assertThat(receiver.await(5)).hasSize(5);
    }
  }

  @Test
  void portWithoutTls() throws Exception {
    receiver = TestingReceiver.plain(TestingReceiver.Protocol.OCTETS);
    assertThat(refusal("tcp", ca(ours)))
        .matches("SERVER (closes the connection|aborts the handshake): does it use TLS.*");
  }

  @Test
  void fileThatIsMissing() throws Exception {
    start("tcp", "server", false);
    assertThat(refusal("tcp", "ca_file: /none/ca.pem"))
        .isEqualTo("ca_file /none/ca.pem does not exist");
  }
}
