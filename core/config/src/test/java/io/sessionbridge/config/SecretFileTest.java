package io.sessionbridge.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionbridge.config.tree.ConfigMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretFileTest {
  @TempDir Path folder;

  private Path path;
  private SecretFile secret;

  @BeforeEach
  void declare() {
    path = folder.resolve("mqtt.pw");
    secret = new SecretFile(path, "sinks.presence.password_file");
  }

  private String after(String content) throws IOException {
    Files.writeString(path, content);
    permit("rw-------");
    return secret.read();
  }

  @Test
  void dropsOneLineBreakAtTheEndAndTheByteOrderMark() throws IOException {
    assertThat(after("hunter2")).isEqualTo("hunter2");
    assertThat(after("hunter2\n")).isEqualTo("hunter2");
    assertThat(after("hunter2\r\n")).isEqualTo("hunter2");
    assertThat(after(" hunter2 \n\n")).isEqualTo(" hunter2 \n");
    assertThat(after("\uFEFFhunter2\r\n")).isEqualTo("hunter2");
  }

  private void permit(String permissions) throws IOException {
    if (isPosix()) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  private boolean isPosix() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @ParameterizedTest
  @CsvSource({
    "rw-r--r--, must not be readable by all users (mode 0644)",
    "rw----r--, must not be readable by all users (mode 0604)",
    "rw--w----, must not be writable by other users (mode 0620)",
    "rw-----w-, must not be writable by other users (mode 0602)",
  })
  void refusesAFileThatOthersCanAccess(String mode, String problem) throws IOException {
    assumeTrue(isPosix());
    after("hunter2");
    permit(mode);
    String mended = problem + ", run: chmod 600 " + path;
    assertThatThrownBy(secret::read)
        .hasMessage("sinks.presence.password_file: " + path + " " + mended);
    Problems problems = new Problems();
    ConfigMapping top =
        ConfigFile.parse(folder.resolve("sb.yaml").toString(), "password_file: mqtt.pw", problems)
            .orElseThrow();
    assertThat(Key.secretFile("password_file").required("m").read(top, problems)).isEmpty();
    assertThat(problems.toString()).endsWith("sb.yaml:1: password_file " + mended);
  }

  @Test
  void acceptsAFileOfItsOwnGroup() throws IOException {
    assumeTrue(isPosix());
    after("hunter2");
    permit("rw-r-----");
    assertThat(secret.read()).isEqualTo("hunter2");
    permit("r--------");
    assertThat(secret.read()).isEqualTo("hunter2");
  }

  @Test
  void readsTheNewSecretAfterARotation() throws IOException {
    assertThat(after("old")).isEqualTo("old");
    assertThat(after("new")).isEqualTo("new");
  }

  @Test
  void reportsKeyAndFileButNeverTheContent() throws IOException {
    String where = "sinks.presence.password_file: " + path;
    assertThatThrownBy(secret::read)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "sinks.presence.password_file: the file does not exist (the key takes the name of a"
                + " file that holds the secret)");
    assertThatThrownBy(() -> after("\n")).hasMessage(where + " is empty");
    assertThatThrownBy(() -> after("x".repeat(65537)))
        .hasMessage(where + " is longer than 64KiB, is it the right file?");
    Files.write(path, "Zoë".getBytes(ISO_8859_1));
    permit("rw-------");
    assertThatThrownBy(secret::read).hasMessage(where + " must be UTF-8");
    after("hunter2");
    assertThat(secret.toString()).doesNotContain("hunter2");
  }

  @Test
  void knowsItsDottedPath() {
    Problems problems = new Problems();
    String file = folder.resolve("sb.yaml").toString();
    ConfigMapping top = ConfigFile.parse(file, "password_file: mqtt.pw", problems).orElseThrow();
    assertThat(Key.secretFile("password_file").required("m").read(top, problems))
        .contains(new SecretFile(path.toAbsolutePath(), "password_file"));
  }
}
