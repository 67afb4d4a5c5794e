package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Looks at a file to which nothing happens. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there files have no keys")
final class FollowerIdleTest extends FollowerFixture {

  private void age() throws Exception {
    Files.setLastModifiedTime(log.path(), FileTime.from(Instant.now().minusSeconds(60)));
  }

  private int readsOf(TestingFollow follow, int looks) {
    int before = disk.reads();
    for (int i = 0; i < looks; i++) {
      follow.look();
    }
    return disk.reads() - before;
  }

  @Test
  void doesNotReadAnUnchangedFileAtEachLook() throws Exception {
    log.append(3);
    age();
    TestingFollow follow = follow().look().read(10).look();
    assertThat(readsOf(follow, Follower.GLANCES / 2)).isZero();
    assertThat(follow.sawMore()).isFalse();
    log.append(1);
    assertThat(follow.look().sawMore()).isTrue();
    follow.read(10);
    assertThat(follow.output()).isEqualTo(numbers(0, 4));
  }

  @Test
  void readsAnUnchangedFileNowAndThen() throws Exception {
    log.append(3);
    age();
    TestingFollow follow = follow().look().read(10).look();
    assertThat(readsOf(follow, Follower.GLANCES)).isPositive();
  }

  @Test
  void asksForAReadOfWhatIsNotReadYet() throws Exception {
    log.append(3);
    age();
    TestingFollow follow = follow().look().read(1).look().look();
    assertThat(follow.sawMore()).isTrue();
    disk.failToRead(true);
    follow.read(10);
    assertThat(follow.look().sawMore()).isTrue();
  }

  @Test
  void asksForNoReadOfAMissingFile() throws Exception {
    TestingFollow follow = follow();
    for (int i = 0; i < Follower.GLANCES; i++) {
      assertThat(follow.look().sawMore()).isFalse();
    }
    log.append(2);
    assertThat(follow.look().sawMore()).isTrue();
    follow.read(10);
    assertThat(follow.output()).isEqualTo(numbers(0, 2));
    assertThat(follow.problem()).isEmpty();
  }

  @Test
  void looksLessOftenAtAFileToWhichNothingHappens() throws Exception {
    log.append(3);
    age();
    TestingFollow follow = follow().look().read(10);
    for (int i = 0; i < Follower.LOOKS_BEFORE_REST - 2; i++) {
      follow.look();
      assertThat(follow.untilLook()).isEqualTo(Follower.LOOK_AGAIN);
    }
    follow.look().look();
    assertThat(follow.untilLook()).isEqualTo(Follower.LOOK_AT_REST);
    log.append(1);
    assertThat(follow.look().untilLook()).isEqualTo(Follower.LOOK_AGAIN);
  }

  /** It may change again without another time. */
  @Test
  void readsAFileThatHasJustChangedAtEachLook() throws Exception {
    log.append(3);
    Files.setLastModifiedTime(log.path(), FileTime.from(Instant.now().plusSeconds(60)));
    TestingFollow follow = follow().look().read(10).look();
    assertThat(readsOf(follow, 5)).isGreaterThanOrEqualTo(5);
  }

  @Test
  void findsOtherContentBehindTheSameState() throws Exception {
    log.append(3);
    age();
    TestingFollow follow = follow(Optional.empty()).look().read(10).look();
    FileTime time = Files.getLastModifiedTime(log.path());
    String other =
        Files.readString(log.path())
            .replace(":0}", ":7}")
            .replace(":1}", ":8}")
            .replace(":2}", ":9}");
    Files.writeString(log.path(), other, StandardCharsets.UTF_8);
    Files.setLastModifiedTime(log.path(), time);
    for (int i = 0; i < Follower.GLANCES; i++) {
      follow.look();
    }
    follow.readAll();
    assertThat(follow.output()).containsExactly(0, 1, 2, TestingFollow.GAP, 7, 8, 9);
  }
}
