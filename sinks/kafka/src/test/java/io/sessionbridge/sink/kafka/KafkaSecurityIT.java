package io.sessionbridge.sink.kafka;

import static io.sessionbridge.sink.kafka.TestingRecords.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.testkit.TestingCertificates;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSecrets;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Login, authorization, and TLS with certificates of a private authority. */
final class KafkaSecurityIT {

  private static final TestingEvents EVENTS = new TestingEvents("cloudevents_binary");

  private static final ProducerTimeouts SHORT =
      new ProducerTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10));

  /** All characters that JAAS text could misinterpret. */
  private static final String PASSWORD = "p\\ä\"s; s=w'ord//";

  @TempDir private static Path folder;
  private static TestingKafka kafka;
  private static TestingCertificates certificates;

  @BeforeAll
  static void start() throws Exception {
    certificates =
        new TestingCertificates(folder.resolve("certificates"))
            .issue("broker", "-ext", "san=ip:127.0.0.1")
            .issue("agent");
    kafka =
        new TestingKafka(folder.resolve("broker"))
            .withScramUser("agent", "first")
            .with(
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                    + " user_agent=\"p\\\\ä\\\"s; s=w'ord//\";")
            .with(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("super.users", "User:ANONYMOUS;User:CN=agent")
            .with("ssl.keystore.type", "PEM")
            .with("ssl.keystore.location", certificates.both("broker").toString())
            .with("ssl.truststore.type", "PEM")
            .with("ssl.truststore.location", certificates.certificate("ca").toString())
            .with("ssl.client.auth", "required");
    kafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static KafkaSink sink(String server, String topic, String more) {
    String yaml = "{bootstrap_servers: [\"" + server + "\"], topic: " + topic + ", " + more + "}";
    return new KafkaSink(
        new TestingSinkContext(Clock.system(), folder),
        TestingConfig.read(KafkaSinkConfig.SPEC, yaml),
        SHORT);
  }

  private static Path password(String name, String password) throws Exception {
    return TestingSecrets.write(folder.resolve(name), password + "\n");
  }

  @Test
  void correctedPasswordNeedsNoRestart() throws Exception {
    kafka.createTopic("scram", Map.of());
    kafka.allowWriting("agent", "scram");
    Path file = password("scram.pw", "wrong");
    try (KafkaSink sink =
        sink(
            kafka.saslServer(),
            "scram",
            "sasl_mechanism: scram_sha_512, username: agent, password_file: " + file)) {
      String message =
          kafka.saslServer()
              + " refuses the login of agent: check sasl_mechanism, username and password_file"
              + " (Authentication failed during authentication due to invalid credentials with SASL"
              + " mechanism SCRAM-SHA-512)";
      assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class).hasMessage(message);
      assertThat(sink.check()).isEqualTo(Health.degraded(message));

      password("scram.pw", "first");
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 5))).isEqualTo(DeliveryResult.delivered(5));
    }
    assertThat(ids(kafka.read("scram"))).isEqualTo(TestingEvents.ids(1, 5));
  }

  @Test
  void everyCharacterOfAPasswordCounts() throws Exception {
    kafka.createTopic("plain", Map.of());
    kafka.allowWriting("agent", "plain");
    Path file = password("plain.pw", PASSWORD);
    try (KafkaSink sink =
        sink(
            kafka.saslServer(),
            "plain",
            "sasl_mechanism: plain, username: agent, password_file: " + file)) {
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 2))).isEqualTo(DeliveryResult.delivered(2));
    }
  }

  @Test
  void missingPasswordFileIsReportedAtConnect() {
    Path file = folder.resolve("none.pw");
    try (KafkaSink sink =
        sink(
            kafka.saslServer(),
            "plain",
            "sasl_mechanism: plain, username: agent, password_file: " + file)) {
      assertThatThrownBy(sink::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage(
              "password_file: the file does not exist (the key takes the name of a file that holds the"
                  + " secret)");
    }
  }

  @Test
  void missingPermissionIsReportedUntilItIsGranted() throws Exception {
    kafka.createTopic("guarded", Map.of());
    Path file = password("guarded.pw", "first");
    try (KafkaSink sink =
        sink(
            kafka.saslServer(),
            "guarded",
            "sasl_mechanism: scram_sha_512, username: agent, password_file: " + file)) {
      assertThatThrownBy(sink::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage(
              kafka.saslServer()
                  + " does not allow writing to topic guarded:"
                  + " grant WRITE and DESCRIBE on it to User:agent");
      kafka.allowWriting("agent", "guarded");
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 1))).isEqualTo(DeliveryResult.delivered(1));
    }
  }

  private static String own(String alias) {
    return "certificate_file: "
        + certificates.certificate(alias)
        + ", key_file: "
        + certificates.key(alias);
  }

  @Test
  void certificatesOfAnOwnAuthorityWork() throws Exception {
    kafka.createTopic("tls", Map.of());
    try (KafkaSink sink =
        sink(
            kafka.tlsServer("127.0.0.1"),
            "tls",
            "ca_file: " + certificates.certificate("ca") + ", " + own("agent"))) {
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 5))).isEqualTo(DeliveryResult.delivered(5));
    }
    assertThat(ids(kafka.read("tls"))).isEqualTo(TestingEvents.ids(1, 5));
  }

  @Test
  void aCertificateStoreWorksAsTheFilesDo() throws Exception {
    kafka.createTopic("store", Map.of());
    Path store = certificates.pkcs12("agent", "hunter2");
    String own =
        "certificate_store: "
            + store
            + ", certificate_store_password_file: "
            + password("store.pw", "hunter2");
    try (KafkaSink sink =
        sink(
            kafka.tlsServer("127.0.0.1"),
            "store",
            "ca_file: " + certificates.certificate("ca") + ", " + own)) {
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 5))).isEqualTo(DeliveryResult.delivered(5));
    }
    assertThat(ids(kafka.read("store"))).isEqualTo(TestingEvents.ids(1, 5));
  }

  @Test
  void nameThatIsNotInTheCertificateIsRefused() {
    String server = kafka.tlsServer("localhost");
    try (KafkaSink sink =
        sink(server, "tls", "ca_file: " + certificates.certificate("ca") + ", " + own("agent"))) {
      assertThatThrownBy(sink::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage(
              "TLS with "
                  + server
                  + " failed: check ca_file, certificate_file and key_file (or certificate_store), and"
                  + " that the broker's certificate has the name in bootstrap_servers"
                  + " (No name matching localhost found)");
    }
  }

  @Test
  void unknownAuthorityIsRefused() {
    String server = kafka.tlsServer("127.0.0.1");
    try (KafkaSink sink = sink(server, "tls", "tls: true, " + own("agent"))) {
      assertThatThrownBy(sink::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage(
              "TLS with "
                  + server
                  + " failed: check ca_file, certificate_file and key_file (or certificate_store), and"
                  + " that the broker's certificate has the name in bootstrap_servers"
                  + " (unable to find valid certification path to requested target)");
    }
  }

  @Test
  void fileThatIsNotPemIsReportedAtConnect() throws Exception {
    Path file = Files.writeString(folder.resolve("not.pem"), "hello");
    try (KafkaSink sink = sink(kafka.tlsServer("127.0.0.1"), "tls", "ca_file: " + file)) {
      assertThatThrownBy(sink::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage("ca_file " + file + " is not PEM: it has no line -----BEGIN ...-----");
    }
  }

  @Test
  void listenerThatWantsTlsIsHintedAt() {
    String server = kafka.tlsServer("127.0.0.1");
    try (KafkaSink sink =
        new KafkaSink(
            new TestingSinkContext(Clock.system(), folder),
            TestingConfig.read(
                KafkaSinkConfig.SPEC, "{bootstrap_servers: [\"" + server + "\"], topic: tls}"),
            new ProducerTimeouts(
                Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2)))) {
      assertThatThrownBy(sink::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage(server + " speaks TLS: set tls: true");
    }
  }

  @Test
  void listenerWithoutTlsIsHintedAt() {
    String ca = "ca_file: " + certificates.certificate("ca");
    try (KafkaSink sink = sink(kafka.server(), "tls", ca)) {
      assertThatThrownBy(sink::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage(
              kafka.server()
                  + " speaks Kafka without TLS: set tls: false, or name its port for TLS");
    }
  }
}
