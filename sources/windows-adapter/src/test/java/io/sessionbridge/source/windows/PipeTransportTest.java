package io.sessionbridge.source.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipeTransportTest {

  private final PipeTransport pipes = new PipeTransport();

  @Test
  void opensNoOrdinaryFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertThatThrownBy(() -> pipes.connect(file.toString(), Duration.ZERO))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be the name of a pipe");
    assertThat(file).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "C:\\data\\file",
        "\\\\.\\pipe\\",
        "\\\\server\\pipe\\sessionbridge",
        "\\\\.\\pipe\\..\\C:\\data\\file",
        "\\\\.\\pipe\\a/../../C:/data/file"
      })
  void takesPipesOnly(String address) {
    assertThat(pipes.problem(address)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\\\.\\pipe\\sessionbridge",
        "\\\\.\\PIPE\\ProtectedPrefix\\Administrators\\SessionBridge\\control"
      })
  void takesNamesOfPipes(String address) {
    assertThat(pipes.problem(address)).isEmpty();
  }
}
