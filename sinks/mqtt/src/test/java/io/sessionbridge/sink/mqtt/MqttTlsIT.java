package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.testkit.TestingCertificates;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with certificates of a private authority; Mosquitto also requires client certificates. */
final class MqttTlsIT {

  @TempDir private static Path folder;
  private static TestingCertificates certificates;
  private static TestingCertificates strangers;
  private static TestingMosquitto broker;
  private static int good;
  private static int expired;
  private static int otherName;

  @BeforeAll
  static void start() throws Exception {
    certificates =
        new TestingCertificates(folder.resolve("certificates"))
            .server("broker")
            .issue("expired", "-ext", "san=ip:127.0.0.1", "-startdate", "-3d", "-validity", "1")
            .issue("other", "-ext", "san=dns:mqtt.example")
            .issue("agent");
    strangers = new TestingCertificates(folder.resolve("strangers")).issue("agent");
    broker = new TestingMosquitto(folder.resolve("broker")).open();
    good = listener("broker");
    expired = listener("expired");
    otherName = listener("other");
    broker.start();
  }

  private static int listener(String certificate) throws Exception {
    int port = broker.listener();
    broker
        .with("cafile " + certificates.certificate("ca"))
        .with("certfile " + certificates.certificate(certificate))
        .with("keyfile " + certificates.key(certificate))
        .with("require_certificate true");
    return port;
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private static TestingRig rig(int port, String more) {
    return new TestingRig("{server: \"ssl://127.0.0.1:" + port + "\"" + more + "}");
  }

  private static String trusting(TestingCertificates authority) {
    return ", ca_file: " + authority.certificate("ca");
  }

  private static String own(TestingCertificates identity) {
    return ", certificate_file: "
        + identity.certificate("agent")
        + ", key_file: "
        + identity.key("agent");
  }

  /** Java's own message may follow in parentheses. */
  private static void assertRefused(TestingRig rig, String message) {
    assertRefusedLike(rig, Pattern.quote(message));
  }

  private static void assertRefusedLike(TestingRig rig, String pattern) {
    try (rig) {
      DeliveryException failure = catchThrowableOfType(DeliveryException.class, rig::connect);
      assertThat(failure).isNotNull();
      assertThat(failure).hasMessageMatching(pattern + "( \\(.+\\))?");
      assertThat(rig.sink.check()).isEqualTo(Health.degraded(failure.getMessage()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void eventsArrive(String version) throws Exception {
    String more = trusting(certificates) + own(certificates) + ", version: " + version;
    try (TestingRig rig = rig(good, more).connect();
        TestingSubscriber subscriber = new TestingSubscriber(broker.port())) {
      assertThat(rig.sink.deliver(rig.events.next(500)).settled()).isEqualTo(500);
      subscriber.catchUp();
      assertThat(subscriber.ids()).hasSize(500);
    }
  }

  @Test
  void expiredCertificateIsRefused() {
    assertRefused(
        rig(expired, trusting(certificates) + own(certificates)),
        "the certificate of ssl://127.0.0.1:" + expired + " has expired: renew it there");
  }

  @Test
  void certificateForAnotherHostIsRefused() {
    assertRefused(
        rig(otherName, trusting(certificates) + own(certificates)),
        "the certificate of ssl://127.0.0.1:"
            + otherName
            + " is for another name: server must be one of its names");
  }

  @Test
  void certificateOfAnUnknownAuthorityIsRefused() {
    assertRefused(
        rig(good, trusting(strangers) + own(certificates)),
        "the certificate of ssl://127.0.0.1:"
            + good
            + " is not signed by an authority in ca_file "
            + strangers.certificate("ca")
            + ": is it the right one?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void clientWithoutACertificateIsTurnedAway(String version) {
    assertRefused(
        rig(good, trusting(certificates) + ", version: " + version),
        "ssl://127.0.0.1:"
            + good
            + " refuses this client: set certificate_file and key_file, or certificate_store");
  }

  /** The broker closes right after its alert, which therefore does not always arrive. */
  @Test
  void clientOfAnotherAuthorityIsTurnedAway() {
    assertRefusedLike(
        rig(good, trusting(certificates) + own(strangers)),
        "ssl://127\\.0\\.0\\.1:"
            + good
            + " (refuses this client:|aborts the handshake: does it use TLS on this port, and"
            + " is it this client's certificate\\?) is certificate_file "
            + Pattern.quote(strangers.certificate("agent").toString())
            + " of an authority that it trusts\\?");
  }

  @Test
  void missingFileIsReported() {
    Path missing = folder.resolve("none.pem");
    assertRefused(rig(good, ", ca_file: " + missing), "ca_file " + missing + " does not exist");
  }

  @Test
  void portWithoutTlsIsReported() {
    assertRefused(
        rig(broker.port(), trusting(certificates)),
        "ssl://127.0.0.1:"
            + broker.port()
            + " aborts the handshake: does it use TLS on this port, and is it this client's"
            + " certificate? set certificate_file and key_file, or certificate_store");
  }
}
