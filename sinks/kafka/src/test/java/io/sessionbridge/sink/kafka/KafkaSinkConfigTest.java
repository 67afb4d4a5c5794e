package io.sessionbridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.tls.PemFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

final class KafkaSinkConfigTest {

  private static final String MINIMAL = "bootstrap_servers: [\"k1:9092\"]\ntopic: t\n";

  private static KafkaSinkConfig config(String yaml) {
    return TestingConfig.read(KafkaSinkConfig.SPEC, yaml);
  }

  private static List<String> problems(String yaml) {
    return TestingConfig.problems(KafkaSinkConfig.SPEC, yaml).lines().toList();
  }

  @Test
  void minimalEntry() {
    assertThat(config(MINIMAL))
        .isEqualTo(
            new KafkaSinkConfig(
                List.of("k1:9092"),
                "t",
                TimestampMode.SENT,
                Codec.ZSTD,
                Optional.empty(),
                Optional.empty(),
                Map.of()));
    assertThat(config(MINIMAL).securityProtocol()).isEqualTo("PLAINTEXT");
  }

  @Test
  void aCompressionThatTheMachineCannotHave() {
    String machine = System.getProperty("os.arch");
    System.setProperty("os.arch", "sparcv9");
    try {
      assertThat(problems(MINIMAL + "compression: zstd"))
          .containsExactly(
              "test.yaml:3: compression cannot be zstd: its native code for "
                  + System.getProperty("os.name")
                  + " on sparcv9 is not included; use gzip or lz4");
      assertThat(problems(MINIMAL)).isEmpty();
      assertThat(problems(MINIMAL + "compression: lz4")).isEmpty();
    } finally {
      System.setProperty("os.arch", machine);
    }
  }

  @Test
  void missingKeys() {
    assertThat(problems("timestamp: event"))
        .containsExactly(
            "test.yaml:1: bootstrap_servers is missing (brokers that the client contacts first,"
                + " each host:port)",
            "test.yaml:1: topic is missing (topic that receives the events; it must exist)");
  }

  @Test
  void impossibleServersAndTopics() {
    assertThat(problems("bootstrap_servers: []\ntopic: a"))
        .containsExactly("test.yaml:1: bootstrap_servers must not be empty, was []");
    assertThat(problems("bootstrap_servers: [\"k1:1\"]\ntopic: a/b"))
        .containsExactly(
            "test.yaml:2: topic must contain only a-z, A-Z, 0-9, '.', '_' and '-', was a/b");
    assertThat(problems("bootstrap_servers: [k1]\ntopic: .."))
        .containsExactly(
            "test.yaml:1: bootstrap_servers must each be host:port or [address]:port with a"
                + " port from 1 to 65535, was k1",
            "test.yaml:2: topic must not be ..");
    assertThat(problems("bootstrap_servers: [\"kim:secret@k1:1\"]\ntopic: a"))
        .containsExactly(
            "test.yaml:1: bootstrap_servers must each be host:port or [address]:port with a"
                + " port from 1 to 65535, was ***@k1:1");
    for (String server : List.of("k1:0", "k1:99999", "k1:65536", "::1:9092")) {
      assertThat(problems("bootstrap_servers: ['" + server + "']\ntopic: a"))
          .containsExactly(
              "test.yaml:1: bootstrap_servers must each be host:port or [address]:port with a"
                  + " port from 1 to 65535, was "
                  + server);
    }
    for (String server : List.of("k1:65535", "[::1]:9092", "PLAINTEXT://k1:9092")) {
      assertThat(problems("bootstrap_servers: ['" + server + "']\ntopic: a")).isEmpty();
    }
    assertThat(problems("bootstrap_servers: [\"k1:1\"]\ntopic: " + "x".repeat(250)))
        .containsExactly("test.yaml:2: topic must have at most 249 characters, had 250");
  }

  @Test
  void securityFollowsFromWhatIsGiven() {
    String login = "sasl_mechanism: plain\nusername: u\npassword_file: pw\n";
    assertThat(config(MINIMAL + login).securityProtocol()).isEqualTo("SASL_PLAINTEXT");
    assertThat(config(MINIMAL + login + "ca_file: ca.pem").securityProtocol())
        .isEqualTo("SASL_SSL");
    assertThat(config(MINIMAL + "tls: true").securityProtocol()).isEqualTo("SSL");
    assertThat(config(MINIMAL + "sasl_mechanism: gssapi").securityProtocol())
        .isEqualTo("SASL_PLAINTEXT");
    assertThat(config(MINIMAL + "ca_file: ca.pem").tls().orElseThrow().caFile())
        .contains(new PemFile("ca_file", Path.of("ca.pem").toAbsolutePath()));
  }

  @Test
  void keysThatNeedEachOther() {
    assertThat(problems(MINIMAL + "username: u\npassword_file: pw"))
        .containsExactly(
            "test.yaml:3: username has no effect without sasl_mechanism",
            "test.yaml:4: password_file has no effect without sasl_mechanism");
    assertThat(problems(MINIMAL + "sasl_mechanism: scram_sha_256\nusername: u"))
        .containsExactly("test.yaml:1: password_file is needed with sasl_mechanism SCRAM-SHA-256");
    assertThat(problems(MINIMAL + "sasl_mechanism: gssapi\nusername: u"))
        .containsExactly("test.yaml:4: username has no effect with sasl_mechanism GSSAPI");
    assertThat(problems(MINIMAL + "certificate_file: c.pem"))
        .containsExactly("test.yaml:3: certificate_file has no effect without key_file");
    assertThat(problems(MINIMAL + "key_file: k.pem"))
        .containsExactly("test.yaml:3: key_file has no effect without certificate_file");
    assertThat(problems(MINIMAL + "key_password_file: pw"))
        .containsExactly("test.yaml:3: key_password_file has no effect without key_file");
    assertThat(problems(MINIMAL + "tls: false\nca_file: ca.pem"))
        .containsExactly(
            "test.yaml:3: tls is false, so ca_file, certificate_file and certificate_store have no"
                + " effect");
  }

  @Test
  void propertiesThatMayBePassed() {
    assertThat(
            config(MINIMAL + "properties: {linger.ms: 0, batch.size: 65536, retry.backoff.ms: 50}")
                .properties())
        .isEqualTo(Map.of("linger.ms", "0", "batch.size", "65536", "retry.backoff.ms", "50"));
  }

  @Test
  void propertiesThatWouldBreakAPromise() {
    assertThat(
            problems(
                MINIMAL
                    + "properties:\n"
                    + "  acks: 1\n"
                    + "  delivery.timeout.ms: 1000\n"
                    + "  partitioner.class: x\n"
                    + "  transactional.id: x\n"
                    + "  value.serializer: x\n"
                    + "  ssl.endpoint.identification.algorithm: \"\"\n"))
        .containsExactly(
            "test.yaml:4: properties.acks is fixed: no event may be lost or reordered",
            "test.yaml:5: properties.delivery.timeout.ms is fixed:"
                + " no event may be lost or reordered",
            "test.yaml:6: properties.partitioner.class is fixed:"
                + " the events of a host stay in order because they share a partition",
            "test.yaml:7: properties.transactional.id is not supported:"
                + " transactions would need the sink's cursor inside Kafka",
            "test.yaml:8: properties.value.serializer is fixed:"
                + " the format produces the bytes, and nothing may change them",
            "test.yaml:9: properties.ssl.endpoint.identification.algorithm is fixed:"
                + " the name of the broker is always checked");
  }

  @Test
  void propertiesThatHaveAKeyOfTheirOwn() {
    assertThat(
            problems(
                MINIMAL
                    + "properties:\n"
                    + "  sasl.jaas.config: x password=\"hunter2\";\n"
                    + "  ssl.key.password: hunter2\n"
                    + "  ssl.truststore.password: hunter2\n"
                    + "  ssl.keystore.key: hunter2\n"
                    + "  bootstrap.servers: k2:9092\n"
                    + "  compression.type: gzip\n"
                    + "  security.protocol: SSL\n"))
        .containsExactly(
            "test.yaml:4: properties.sasl.jaas.config is not allowed here,"
                + " use username and password_file",
            "test.yaml:5: properties.ssl.key.password is not allowed here, use key_password_file",
            "test.yaml:6: properties.ssl.truststore.password is not allowed here, use ca_file",
            "test.yaml:7: properties.ssl.keystore.key is not allowed here,"
                + " use certificate_file and key_file, or certificate_store",
            "test.yaml:8: properties.bootstrap.servers is not allowed here, use bootstrap_servers",
            "test.yaml:9: properties.compression.type is not allowed here, use compression",
            "test.yaml:10: properties.security.protocol is not allowed here,"
                + " use tls and sasl_mechanism");
  }

  @Test
  void propertiesThatKafkaRefuses() {
    assertThat(
            problems(MINIMAL + "properties:\n  lingr.ms: 5\n  linger.ms: soon\n  batch.size: -1\n"))
        .containsExactly(
            "test.yaml:4: properties.lingr.ms is not a setting of the Kafka producer,"
                + " did you mean linger.ms?",
            "test.yaml:5: properties.linger.ms is refused by the Kafka producer: Invalid value soon"
                + " for configuration linger.ms: Not a number of type LONG",
            "test.yaml:6: properties.batch.size is refused by the Kafka producer: Invalid value -1"
                + " for configuration batch.size: Value must be at least 0");
  }

  @Test
  void noSecretOfKafkaMayBePassed() {
    for (ConfigDef.ConfigKey key : ProducerConfig.configDef().configKeys().values()) {
      if (key.type == ConfigDef.Type.PASSWORD) {
        assertThat(PassedProperty.problem(key.name, "hunter2"))
            .as(key.name)
            .hasValueSatisfying(problem -> assertThat(problem).doesNotContain("hunter2"));
      }
    }
  }
}
