package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of a file that is renamed, replaced or deleted. */
final class FollowerRotationTest extends FollowerFixture {

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
  void reportsAPossibleLossIfTheFileIsGone() throws Exception {
    log.append(3);
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    log.append(2).rename().append(4);
    follow.restart().readAll();
    assertThat(follow.output()).containsExactly(0, 1, 2, TestingFollow.GAP, 5, 6, 7, 8);
    follow.restart().readAll();
    assertThat(follow.output()).hasSize(8);
  }

  @Test
  void skipsFilesThatExistedBefore() throws Exception {
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
  void skipsCompressedFiles() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    Files.writeString(folder.resolve("day.jsonl.2.gz"), "no text");
    log.rename().append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 4));
  }

  @Test
  void waitsForTheWriterOfAFileThatWasQuietLongBeforeItWasRenamed() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10).lookUntilQuiet();
    log.rename().append(2);
    follow.look().read(10);
    log.append(log.rotated(1), 1);
    follow.readAll();
    assertThat(follow.output()).containsExactly(0, 1, 2, 5, 3, 4);
  }
}
