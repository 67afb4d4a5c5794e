package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the lines when somebody renames, cuts, replaces or hides the file. */
final class FollowerTest {

  @TempDir private Path folder;

  private final TestingDisk disk = new TestingDisk();
  private final List<TestingFollow> made = new ArrayList<>();
  private TestingLog log;

  @BeforeEach
  void makeLog() {
    log = new TestingLog(folder.resolve("day.jsonl"));
  }

  @AfterEach
  void closeAll() {
    made.forEach(TestingFollow::close);
  }

  private TestingFollow follow() {
    return follow(Optional.of("day.jsonl*"));
  }

  private TestingFollow follow(Optional<String> rotated) {
    TestingFollow follow = new TestingFollow(log.path(), rotated, disk.storage());
    made.add(follow);
    return follow;
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

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
  void readsARenamedFileToItsEndBeforeTheNewOne() throws Exception {
    log.append(3);
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    log.append(2).rename().append(4);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 9));
  }

  @Test
  void readsADeletedFileToItsEnd() throws Exception {
    log.append(3);
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    log.append(2);
    Files.delete(log.path());
    log.append(4);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 9));
  }

  @Test
  void staysWithAFileWhoseWriterHoldsItOpenAfterTheRename() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    log.rename();
    Files.createFile(log.path());
    follow.lookUntilQuiet().read(10);
    log.append(log.rotated(1), 2);
    follow.lookUntilQuiet().read(10);
    assertThat(follow.output()).isEqualTo(numbers(0, 5));
    log.append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 6));
  }

  @Test
  void takesTheUnterminatedLastLineOfAReplacedFile() throws Exception {
    new TestingFile(log.path()).append(TestingFile.line(0) + TestingFile.line(1).trim());
    TestingFollow follow = follow().look().read(10);
    Files.move(log.path(), log.rotated(1));
    new TestingFile(log.path()).appendLines(2, 4);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 4));
  }

  @Test
  void findsTheFilesOfSeveralRotationsBetweenTwoLooks() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(2);
    log.append(2).rename().append(5).rename().append(4).rename().append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 15));
  }

  @Test
  void findsTheFilesOfSeveralRotationsWhileItWasDown() throws Exception {
    log.append(2).rename().append(3);
    TestingFollow follow = follow().look().read(10);
    assertThat(follow.output()).isEqualTo(numbers(2, 5));
    log.append(2).rename().append(5).rename().append(4);
    follow.restart().readAll();
    assertThat(follow.output()).isEqualTo(numbers(2, 16));
  }

  @Test
  void findsTheFileOfOneRotationWhileItWasDownWithoutAFileOfTheNameSince() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    log.append(2).rename();
    follow.restart().look().read(10);
    assertThat(follow.output()).isEqualTo(numbers(0, 5));
    log.append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 6));
  }

  @Test
  void doesNotReadTheFileBeforeAgainWhereAllHaveTheSameTime() throws Exception {
    log.append(2);
    TestingFollow follow = follow().look().read(10);
    log.rename().append(3);
    follow.readAll();
    var time = Files.getLastModifiedTime(log.path());
    Files.setLastModifiedTime(log.rotated(1), time);
    log.append(1);
    Files.setLastModifiedTime(log.path(), time);
    follow.look().read(10);
    log.append(1).rename().append(2);
    Files.setLastModifiedTime(log.rotated(1), time);
    follow.restart().readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 9));
  }

  @Test
  void statesThatLinesMayBeLostWhereTheFileIsGone() throws Exception {
    log.append(3);
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    log.append(2).rename().append(4);
    follow.restart().readAll();
    assertThat(follow.output()).containsExactly(0, 1, 2, TestingFollow.GAP, 5, 6, 7, 8);
    follow.restart().readAll();
    assertThat(follow.output()).hasSize(8);
  }

  @Test
  void goesOnInTheCopyOfAFileThatWasCut() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    log.append(2).copyAndCut().append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 6));
  }

  @Test
  void goesOnInTheCopiesOfAFileThatWasCutTwiceBetweenTwoLooks() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(1);
    log.append(2).copyAndCut().append(5).copyAndCut().append(40);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 50));
  }

  @Test
  void findsTheCopyOfAFileThatWasEmptyAtBothLooks() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    log.copyAndCut();
    follow.look().read(10);
    log.append(2).copyAndCut();
    follow.look().read(10);
    log.append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 6));
  }

  @Test
  void findsTheCopyOfAFileThatWasCutWhileItWasDown() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    log.append(2).copyAndCut().append(40);
    follow.restart().readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 45));
  }

  @Test
  void statesThatLinesMayBeLostWhereALaterFileWasCutWhileItWasDown() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(1);
    log.rename().append(4);
    follow.look().read(1).flush();
    log.cut().append(40);
    follow.restart().readAll();
    assertThat(follow.output().subList(0, 4)).containsExactly(0, 1, TestingFollow.GAP, 2);
    assertThat(follow.output().subList(4, 44)).isEqualTo(numbers(7, 47));
    follow.restart().readAll();
    assertThat(follow.output()).hasSize(44);
  }

  @Test
  void losesNothingWhereALaterFileWasCopiedAndCutWhileItWasDown() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(1);
    log.rename().append(4);
    follow.look().read(1).flush();
    log.append(1).copyAndCut().append(2).rename().append(1);
    follow.restart().readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 11));
  }

  @Test
  void startsAtTheBeginningOfACutFileThatGrewPastTheOldPlace() throws Exception {
    log.append(3);
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    log.cut().append(50);
    follow.read(100).readAll();
    assertThat(follow.output().subList(0, 4)).containsExactly(0, 1, 2, TestingFollow.GAP);
    assertThat(follow.output().subList(4, 54)).isEqualTo(numbers(3, 53));
  }

  @Test
  void startsAtTheBeginningOfAFileThatWasCutInsideALine() throws Exception {
    log.append(3);
    new TestingFile(log.path()).append("{\"time\":");
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    log.cut().append(2);
    follow.readAll();
    assertThat(follow.output()).containsExactly(0, 1, 2, TestingFollow.GAP, 3, 4);
  }

  @Test
  void doesNotReadFilesThatWereThereBefore() throws Exception {
    log.append(2).rename().append(2).rename().append(2);
    TestingFollow follow = follow().look().read(10);
    log.rename().append(1);
    follow.readAll();
    log.rename().append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(4, 8));
  }

  @Test
  void doesNotReadACopyOfWhatItReads() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    Files.copy(log.path(), folder.resolve("day.jsonl.bak"));
    log.rename().append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 4));
  }

  @Test
  void leavesCompressedFilesOut() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    Files.writeString(folder.resolve("day.jsonl.2.gz"), "no text");
    log.rename().append(1);
    follow.readAll();
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
  void goesOnFromAPositionOfTheFirstVersion() throws Exception {
    log.append(8);
    byte[] golden = position(log.path(), 5);
    TestingFollow follow = follow().from(golden).look().read(10);
    assertThat(follow.output()).isEqualTo(numbers(5, 8));
    log.append(1).rename().append(2).rename().append(1);
    follow.from(golden).readAll();
    assertThat(follow.output().subList(3, 10)).isEqualTo(numbers(5, 12));
  }

  /** What the first version wrote behind so many lines, made by its own description. */
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
