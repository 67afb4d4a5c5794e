package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lines of a file that is absent, hidden, or on a failing disk. */
final class FollowerTest extends FollowerFixture {

  @Test
  void waitsForAFileThatIsNotThere() throws Exception {
    TestingFollow follow = follow().look().read(10);
    assertThat(follow.problem()).isEqualTo(log.path() + " does not exist");
    log.append(3);
    follow.look().read(10);
    assertThat(follow.output()).isEqualTo(numbers(0, 3));
    assertThat(follow.problem()).isEmpty();
  }

  @Test
  void callsAFileThatIsGoneAProblemAfterAWhile() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    log.rename();
    follow.look();
    assertThat(follow.problem()).isEmpty();
    follow.lookUntilQuiet();
    assertThat(follow.problem()).isEqualTo(log.path() + " does not exist");
    log.append(1);
    follow.readAll();
    assertThat(follow.problem()).isEmpty();
    assertThat(follow.output()).isEqualTo(numbers(0, 4));
  }

  @Test
  void survivesAFolderInThePlaceOfTheFile() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    log.rename();
    Files.createDirectory(log.path());
    follow.lookUntilQuiet().read(10);
    assertThat(follow.problem()).isEqualTo(log.path() + " is a folder, not a file");
    Files.delete(log.path());
    log.append(2);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 5));
    assertThat(follow.problem()).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void followsSymbolicLinksAndSurvivesDanglingOnes() throws Exception {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    log.append(first, 2);
    Files.createSymbolicLink(log.path(), first);
    TestingFollow follow = follow().look().read(10);
    Files.delete(log.path());
    Files.createSymbolicLink(log.path(), second);
    follow.lookUntilQuiet().read(10);
    assertThat(follow.problem())
        .isEqualTo(log.path() + " is a symbolic link to a file that does not exist");
    log.append(first, 1);
    log.append(second, 2);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 5));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void doesNotOpenAPipe() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", log.path().toString()).start().waitFor()).isZero();
    TestingFollow follow = follow().look().read(10);
    assertThat(follow.problem())
        .isEqualTo(
            log.path()
                + " is a pipe or a device, which cannot be continued: give path: \"-\" and send it"
                + " to standard input");
    Files.delete(log.path());
    log.append(1);
    follow.look().read(10);
    assertThat(follow.output()).containsExactly(0);
  }

  @Test
  void survivesAFileThatCannotBeOpenedForAWhile() throws Exception {
    log.append(3);
    disk.deny(true);
    TestingFollow follow = follow().look().read(10);
    assertThat(follow.problem()).isEqualTo(log.path() + " cannot be read: permission denied");
    disk.deny(false);
    follow.look().read(10);
    disk.deny(true);
    log.append(1).rename().append(2);
    follow.lookUntilQuiet().read(10);
    assertThat(follow.problem()).isEqualTo(log.path() + " cannot be read: permission denied");
    disk.deny(false);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 6));
    assertThat(follow.problem()).isEmpty();
  }

  @Test
  void survivesADiskThatCannotReadForAWhile() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(1);
    log.append(2);
    disk.failToRead(true);
    follow.look().read(10).look().read(10);
    assertThat(follow.problem()).isEqualTo(log.path() + " cannot be read: Input/output error");
    disk.failToRead(false);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 5));
    assertThat(follow.problem()).isEmpty();
  }

  @Test
  void resumesFromAPositionOfVersion1() throws Exception {
    log.append(8);
    byte[] golden = position(log.path(), 5);
    TestingFollow follow = follow().from(golden).look().read(10);
    assertThat(follow.output()).isEqualTo(numbers(5, 8));
    log.append(1).rename().append(2).rename().append(1);
    follow.from(golden).readAll();
    assertThat(follow.output().subList(3, 10)).isEqualTo(numbers(5, 12));
  }

  /** The position of version 1 after some lines, built from its description. */
  private static byte[] position(Path file, int lines) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int end = 0;
    for (int line = 0; line < lines; end++) {
      line += all[end] == '\n' ? 1 : 0;
    }
    int sample = Math.min(512, end);
    var first = new java.util.zip.CRC32C();
    first.update(all, 0, sample);
    var last = new java.util.zip.CRC32C();
    last.update(all, end - sample, sample);
    return ByteBuffer.allocate(25)
        .put((byte) 1)
        .putLong(end)
        .putLong(lines)
        .putLong(first.getValue() << 32 | last.getValue())
        .array();
  }

  @Test
  void countsBytesOfTheFileInUtf16() throws Exception {
    String lines = "\uFEFF" + TestingFile.line(0) + TestingFile.line(1).replace("\n", "\r\n");
    Files.write(log.path(), lines.getBytes(StandardCharsets.UTF_16LE));
    TestingFollow follow = follow().look().read(10);
    Files.write(
        log.path(),
        TestingFile.line(2).getBytes(StandardCharsets.UTF_16LE),
        StandardOpenOption.APPEND);
    follow.restart().look().read(10);
    assertThat(follow.output()).isEqualTo(numbers(0, 3));
    assertThat(ReplayPosition.decode(follow.position()).orElseThrow().offset())
        .isEqualTo(Files.size(log.path()));
  }

  @Test
  void readsWhatTheRealDiskHas() throws Exception {
    log.append(2);
    TestingFollow follow = new TestingFollow(log.path(), Optional.empty(), new FileStorage());
    made.add(follow);
    follow.look().read(10);
    assertThat(follow.output()).isEqualTo(numbers(0, 2));
  }
}
