package io.sessionbridge.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the file by other programs, on a real disk. */
final class FileOfAnotherTest {

  @TempDir Path folder;
  private Path path;
  private Sink sink;
  private final List<EncodedEvent> all = new TestingEvents("json").next(3);

  @BeforeEach
  void connect() throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    path = folder.resolve("logs").resolve("events.jsonl");
    sink = connected("");
  }

  private Sink connected(String keys) throws Exception {
    FileSinkFactory factory = new FileSinkFactory();
    Sink made =
        factory.create(
            new TestingSinkContext(Clock.system(), folder),
            TestingConfig.read(factory.config(), "path: " + path + "\n" + keys));
    made.connect();
    return made;
  }

  @AfterEach
  void close() {
    sink.close();
  }

  private void deliver(int from, int to) throws InterruptedException {
    assertThat(sink.deliver(all.subList(from, to)).settled()).isEqualTo(to - from);
  }

  private static List<String> ids(Path file) throws IOException {
    return TestingLines.ids(Files.readAllBytes(file));
  }

  private List<String> expected(int from, int to) {
    return TestingEvents.ids(all.subList(from, to));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void movedAndCreatedAgain() throws Exception {
    deliver(0, 1);
    Path old = Files.move(path, folder.resolve("events.1"));
    Files.createFile(path);
    deliver(1, 3);
    assertThat(ids(old)).isEqualTo(expected(0, 1));
    assertThat(ids(path)).isEqualTo(expected(1, 3));
  }

  @Test
  void moved() throws Exception {
    deliver(0, 1);
    Path old = Files.move(path, folder.resolve("events.1"));
    deliver(1, 3);
    assertThat(ids(old)).isEqualTo(expected(0, 1));
    assertThat(ids(path)).isEqualTo(expected(1, 3));
  }

  @Test
  void truncatedToZero() throws Exception {
    deliver(0, 1);
    Files.write(path, new byte[0]);
    assertThat(sink.deliver(all.subList(1, 2)).settled()).isZero();
    sink.connect();
    deliver(1, 3);
    assertThat(ids(path)).isEqualTo(expected(1, 3));
  }

  @Test
  void aLinkThatChanges() throws Exception {
    Path first = Files.createFile(folder.resolve("first"));
    Path second = Files.createFile(folder.resolve("second"));
    Files.delete(path);
    Files.createSymbolicLink(path, first);
    deliver(0, 1);
    Files.delete(path);
    Files.createSymbolicLink(path, second);
    deliver(1, 3);
    assertThat(ids(first)).isEqualTo(expected(0, 1));
    assertThat(ids(second)).isEqualTo(expected(1, 3));
  }

  @Test
  void isPrivateByDefault() throws Exception {
    assertThat(mode(path)).isEqualTo("rw-------");
    assertThat(mode(path.getParent())).isEqualTo("rwx------");
    path = folder.resolve("shared").resolve("events.jsonl");
    Sink shared = connected("file_mode: 0660");
    shared.close();
    assertThat(mode(path)).isEqualTo("rw-rw----");
    assertThat(mode(path.getParent())).startsWith("rwxr-");
  }

  @Test
  void keepsThePermissionsOfAnExistingFile() throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    connected("").close();
    assertThat(mode(path)).isEqualTo("rw-r--r--");
  }

  @Test
  void aFileInsteadOfTheFolder() throws Exception {
    path = Files.createFile(folder.resolve("taken")).resolve("events.jsonl");
    assertThatThrownBy(() -> connected(""))
        .isInstanceOf(DeliveryException.class)
        .hasMessage(
            "path "
                + path
                + " cannot be written: "
                + path.getParent()
                + ": another file with this name exists");
  }
}
