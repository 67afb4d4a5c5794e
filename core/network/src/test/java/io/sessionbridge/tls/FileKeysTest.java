package io.sessionbridge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionbridge.config.ConfigFile;
import io.sessionbridge.config.Problems;
import io.sessionbridge.config.SecretFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading a pipe would wait for its other end, so a key that names a pipe is refused at once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileKeysTest {

  private static final String NO_FILE = "it is a pipe or a device, and must be a file";

  @TempDir Path folder;

  @Test
  void everyKeyThatNamesAFileRefusesAPipe() throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).inheritIO().start();
    assertThat(made.waitFor()).isZero();
    assertThatThrownBy(new SecretFile(pipe, "sinks.lake.password_file")::read)
        .hasMessage("sinks.lake.password_file: " + pipe + " cannot be read: " + NO_FILE);
    assertThatThrownBy(new PemFile("ca_file", pipe)::read)
        .hasMessage("ca_file " + pipe + " cannot be read: " + NO_FILE);
    Problems problems = new Problems();
    assertThat(ConfigFile.read(pipe, problems)).isEmpty();
    assertThat(problems.toString()).contains(pipe.toString(), "cannot be read: " + NO_FILE);
  }
}
