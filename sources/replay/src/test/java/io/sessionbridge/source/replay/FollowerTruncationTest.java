package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of a file that is truncated, with or without a copy. */
final class FollowerTruncationTest extends FollowerFixture {

  @Test
  void continuesInTheCopyOfATruncatedFile() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    log.append(2).copyAndCut().append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 6));
  }

  @Test
  void continuesInTheCopiesOfAFileThatWasTruncatedTwiceBetweenLooks() throws Exception {
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
  void reportsAPossibleLossIfALaterFileWasTruncatedWhileDown() throws Exception {
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
}
