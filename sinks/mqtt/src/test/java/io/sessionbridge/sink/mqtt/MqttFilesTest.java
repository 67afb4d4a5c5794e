package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.testkit.TestingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate} finds in the files of a configuration before anything is connected. */
class MqttFilesTest {

  private static final String MISSING =
      "the file does not exist (the key takes the name of a file that holds the secret)";

  @TempDir Path folder;

  @Test
  void namesEachFileThatCannotBeUsed() throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.pem"), "no certificate");
    Path password = folder.resolve("password");
    MqttSinkConfig config =
        TestingConfig.read(
            MqttSinkConfig.SPEC,
            """
            server: 'ssl://b:8883'
            ca_file: %s
            username: kim
            password_file: %s
            proxy: 'p:3128'
            proxy_username: kim
            proxy_password_file: %s
            """
                .formatted(ca, password, password));
    assertThat(new MqttSinkFactory().fileProblems(config))
        .containsExactly(
            "ca_file " + ca + " is not PEM: it has no line -----BEGIN ...-----",
            "password_file: " + MISSING,
            "proxy_password_file: " + MISSING);
  }

  @Test
  void findsNothingWhereNoFileIsNamed() {
    MqttSinkConfig config = TestingConfig.read(MqttSinkConfig.SPEC, "server: 'tcp://b:1883'");
    assertThat(new MqttSinkFactory().fileProblems(config)).isEmpty();
  }
}
