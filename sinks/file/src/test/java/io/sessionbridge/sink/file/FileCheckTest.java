package io.sessionbridge.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingSinkContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check reports what the sink would report, and changes no file. */
final class FileCheckTest {

  @TempDir Path folder;
  private List<String> before = List.of();

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(folder.resolve("torn.jsonl"), "{\"id\":\"1\"}\n{\"id\":\"2");
    Files.writeString(folder.resolve("foreign.conf"), "key=value\n");
    Files.writeString(folder.resolve("day-20261120T080000.000Z.jsonl"), "{\"id\":\"1\"}\n\0\0");
    before = listing();
  }

  @AfterEach
  void nothingChanged() throws IOException {
    assertThat(listing()).isEqualTo(before);
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().map(FileCheckTest::described).toList();
    }
  }

  private static String described(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      String content =
          found.isDirectory()
              ? ""
              : Files.readString(file, java.nio.charset.StandardCharsets.UTF_8);
      return file + " " + found.lastModifiedTime() + " " + found.fileKey() + " " + content;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void check(String path, String keys) throws Exception {
    FileSinkFactory factory = new FileSinkFactory();
    try (Sink sink =
        factory.createCheck(
            new TestingSinkContext(Clock.system(), folder),
            TestingConfig.read(factory.config(), "path: " + folder.resolve(path) + "\n" + keys))) {
      sink.connect();
    }
  }

  @Test
  void acceptsFilesThatTheSinkWouldRepairOrCreate() {
    assertThatCode(() -> check("torn.jsonl", "")).doesNotThrowAnyException();
    assertThatCode(() -> check("new.jsonl", "")).doesNotThrowAnyException();
    assertThatCode(() -> check("a/b/new.jsonl", "")).doesNotThrowAnyException();
    assertThatCode(() -> check("day.jsonl", "rotate_every: 1d")).doesNotThrowAnyException();
  }

  @Test
  void namesThePathOnceAndTheReason() {
    assertRefused("", " cannot be written: Is a directory");
    assertRefused(
        "foreign.conf/x.jsonl", " cannot be written: " + folder + "/foreign.conf: not a folder");
  }

  private void assertRefused(String path, String message) {
    assertThatThrownBy(() -> check(path, ""))
        .isInstanceOf(DeliveryException.class)
        .hasMessage("path " + folder.resolve(path) + message);
  }
}
