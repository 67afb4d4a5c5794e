package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Looks at a file to which nothing happens, one a second. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there files have no keys")
final class FollowerIdleTest extends FollowerFixture {

  private static TestingFollow looks(TestingFollow follow, int looks) {
    for (int i = 0; i < looks; i++) {
      follow.look();
    }
    return follow;
  }

  private int readsOf(TestingFollow follow, int looks) {
    int before = disk.reads();
    looks(follow, looks);
    return disk.reads() - before;
  }

  private TestingFollow settled() throws Exception {
    log.append(3);
    return looks(follow().look().read(10), 3);
  }

  @Test
  void doesNotReadAnUnchangedFileAtEachLook() throws Exception {
    TestingFollow follow = settled();
    assertThat(readsOf(follow, StateWatch.FULL_LOOK_EVERY / 2)).isZero();
    assertThat(follow.sawMore()).isFalse();
    log.append(1);
    assertThat(follow.look().sawMore()).isTrue();
    follow.read(10);
    assertThat(follow.output()).isEqualTo(numbers(0, 4));
  }

  @Test
  void readsAnUnchangedFileNowAndThen() throws Exception {
    assertThat(readsOf(settled(), StateWatch.FULL_LOOK_EVERY)).isPositive();
  }

  /** It may change again without a new time. */
  @Test
  void readsAFileThatHasJustChangedAtEachLook() throws Exception {
    TestingFollow follow = settled();
    log.append(1);
    follow.look().read(10);
    assertThat(readsOf(follow, 1)).isPositive();
  }

  @Test
  void asksForAReadOfWhatIsNotReadYet() throws Exception {
    log.append(3);
    TestingFollow follow = looks(follow().look().read(1), 4);
    assertThat(follow.sawMore()).isTrue();
    disk.failToRead(true);
    follow.read(10);
    assertThat(follow.look().sawMore()).isTrue();
  }

  @Test
  void asksForNoReadOfAMissingFile() throws Exception {
    TestingFollow follow = follow();
    for (int i = 0; i < StateWatch.FULL_LOOK_EVERY; i++) {
      assertThat(follow.look().sawMore()).isFalse();
    }
    log.append(2);
    assertThat(follow.look().sawMore()).isTrue();
    follow.read(10);
    assertThat(follow.output()).isEqualTo(numbers(0, 2));
    assertThat(follow.problem()).isEmpty();
  }

  @Test
  void findsOtherContentBehindTheSameState() throws Exception {
    log.append(3);
    TestingFollow follow = looks(follow(Optional.empty()).look().read(10), 3);
    FileTime time = Files.getLastModifiedTime(log.path());
    String other =
        Files.readString(log.path())
            .replace(":0}", ":7}")
            .replace(":1}", ":8}")
            .replace(":2}", ":9}");
    Files.writeString(log.path(), other, StandardCharsets.UTF_8);
    Files.setLastModifiedTime(log.path(), time);
    looks(follow, StateWatch.FULL_LOOK_EVERY);
    follow.readAll();
    assertThat(follow.output()).containsExactly(0, 1, 2, TestingFollow.GAP, 7, 8, 9);
  }

  @Test
  void forgetsAProblemOfTheFirstReadSoon() throws Exception {
    log.append(3);
    TestingFollow follow = looks(follow(), 3);
    disk.failToRead(true);
    follow.read(10);
    assertThat(follow.problem()).isNotEmpty();
    disk.failToRead(false);
    follow.read(10);
    assertThat(follow.output()).isEqualTo(numbers(0, 3));
    assertThat(follow.look().problem()).isEmpty();
  }

  @Test
  void looksLessOftenAtAFileToWhichNothingHappens() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    int minute = (int) StateWatch.REST_AFTER.toSeconds();
    looks(follow, minute - 2);
    assertThat(follow.untilLook()).isEqualTo(StateWatch.LOOK_AGAIN);
    looks(follow, 4);
    assertThat(follow.untilLook()).isEqualTo(StateWatch.LOOK_AT_REST);
    log.append(1);
    assertThat(follow.look().untilLook()).isEqualTo(StateWatch.LOOK_AGAIN);
  }

  @Test
  void doesNotRestWhileAnOlderFileIsWritten() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    log.rename();
    Files.createFile(log.path());
    for (int i = 0; i < StateWatch.REST_AFTER.toSeconds() + 2; i++) {
      log.append(log.rotated(1), 1);
      follow.look().read(10);
    }
    assertThat(follow.untilLook()).isEqualTo(StateWatch.LOOK_AGAIN);
  }
}
