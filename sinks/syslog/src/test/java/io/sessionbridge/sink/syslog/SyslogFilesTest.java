package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TestingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate} finds in the files of a configuration before anything is connected. */
class SyslogFilesTest {

  @TempDir Path folder;

  @Test
  void namesEachFileThatCannotBeUsed() throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.pem"), "no certificate");
    SyslogSinkConfig config =
        TestingConfig.read(
            SyslogSinkConfig.SPEC,
            """
            server: 'siem:6514'
            transport: tcp
            ca_file: %s
            """
                .formatted(ca));
    assertThat(new SyslogSinkFactory().fileProblems(config))
        .containsExactly("ca_file " + ca + " is not PEM: it has no line -----BEGIN ...-----");
  }

  @Test
  void findsNothingWhereNoFileIsNamed() {
    SyslogSinkConfig config =
        TestingConfig.read(SyslogSinkConfig.SPEC, "server: 'siem:514'\ntransport: udp");
    assertThat(new SyslogSinkFactory().fileProblems(config)).isEmpty();
  }
}
