package io.sessionbridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TestingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate} finds in the files of a configuration before anything is connected. */
class KafkaFilesTest {

  private static final String MISSING =
      "the file does not exist (the key takes the name of a file that holds the secret)";

  @TempDir Path folder;

  @Test
  void namesEachFileThatCannotBeUsed() throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.pem"), "no certificate");
    Path password = folder.resolve("password");
    KafkaSinkConfig config =
        TestingConfig.read(
            KafkaSinkConfig.SPEC,
            """
            bootstrap_servers: ['k1:9092']
            topic: t
            ca_file: %s
            sasl_mechanism: scram_sha_512
            username: kim
            password_file: %s
            """
                .formatted(ca, password));
    assertThat(new KafkaSinkFactory().fileProblems(config))
        .containsExactly(
            "ca_file " + ca + " is not PEM: it has no line -----BEGIN ...-----",
            "password_file: " + MISSING);
  }

  @Test
  void findsNothingWhereNoFileIsNamed() {
    KafkaSinkConfig config =
        TestingConfig.read(KafkaSinkConfig.SPEC, "bootstrap_servers: ['k1:9092']\ntopic: t");
    assertThat(new KafkaSinkFactory().fileProblems(config)).isEmpty();
  }
}
