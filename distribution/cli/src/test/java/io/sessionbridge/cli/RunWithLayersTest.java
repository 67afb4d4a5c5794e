package io.sessionbridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class RunWithLayersTest {

  @TempDir private Path folder;

  /** The folder need not have been there when the agent was installed. */
  @ParameterizedTest
  @ValueSource(strings = {"run", "validate"})
  void aFileThatOthersMayWriteIsRefused(String command) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            data_dir: data
            sources: {in: {type: replay, path: in.jsonl}}
            sinks: {out: {type: file, path: out.jsonl}}
            """);
    Path layer =
        Files.writeString(
            Files.createDirectory(folder.resolve("conf.d")).resolve("a.yaml"), "heartbeat: 20m\n");
    Files.setPosixFilePermissions(layer, PosixFilePermissions.fromString("rw-rw-rw-"));
    PrintStream real = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, UTF_8));
    try {
      assertThat(Main.execute(command, "--config", config.toString()))
          .isEqualTo(ExitCode.CONFIGURATION);
    } finally {
      System.setErr(real);
    }
    assertThat(err.toString(UTF_8)).contains(": is refused: other users can modify");
    assertThat(folder.resolve("data")).doesNotExist();
  }
}
