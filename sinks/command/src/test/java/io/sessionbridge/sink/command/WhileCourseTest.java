package io.sessionbridge.sink.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.sink.command.WhileCourse.Action;
import io.sessionbridge.sink.command.WhileCourse.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WhileCourseTest {

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static WhileCourse course(OnReturn onReturn, Restart restart) {
    return new WhileCourse(onReturn, restart, GRACE, PAUSE);
  }

  @Test
  void startsOnceAndStopsAtOnce() {
    WhileCourse course = course(OnReturn.STOP, Restart.NEVER);
    assertThat(course.told(Truth.NO, 0)).isEmpty();
    assertThat(course.told(Truth.YES, 1)).containsExactly(Action.START);
    assertThat(course.told(Truth.YES, 2)).isEmpty();
    assertThat(course.told(Truth.NO, 3)).containsExactly(Action.STOP);
    assertThat(course.ended(143, 4)).containsExactly(Action.KILL);
    assertThat(course.phase()).isEqualTo(Phase.WAITING);
    assertThat(course.told(Truth.YES, 5)).containsExactly(Action.START);
  }

  @Test
  void startsNothingByWhatWasTrueBeforeTheAgentStarted() {
    WhileCourse course = course(OnReturn.STOP, Restart.NEVER);
    assertThat(course.told(Truth.UNKNOWN, 0)).isEmpty();
    assertThat(course.told(Truth.FROM_BEFORE, 1)).isEmpty();
    assertThat(course.told(Truth.YES, 2)).containsExactly(Action.START);
    assertThat(course.told(Truth.FROM_BEFORE, 3)).isEmpty();
    assertThat(course.told(Truth.UNKNOWN, 4)).containsExactly(Action.STOP);
  }

  @Test
  void doesNotStartAgainBeforeTheFirstOneHasEnded() {
    WhileCourse course = course(OnReturn.STOP, Restart.NEVER);
    course.told(Truth.YES, 0);
    course.told(Truth.NO, 1);
    assertThat(course.told(Truth.YES, 2)).isEmpty();
    assertThat(course.told(Truth.NO, 3)).isEmpty();
    assertThat(course.told(Truth.YES, 4)).isEmpty();
    assertThat(course.ended(143, 5)).containsExactly(Action.KILL, Action.START);
  }

  @Test
  void killsWhatIgnoresTheStop() {
    WhileCourse course = course(OnReturn.STOP, Restart.NEVER);
    course.told(Truth.YES, 0);
    course.told(Truth.NO, SECOND);
    assertThat(course.untilTick(SECOND)).isEqualTo(30 * SECOND);
    assertThat(course.tick(31 * SECOND - 1)).isEmpty();
    assertThat(course.tick(31 * SECOND)).containsExactly(Action.KILL);
    assertThat(course.told(Truth.YES, 32 * SECOND)).isEmpty();
    assertThat(course.ended(137, 33 * SECOND)).containsExactly(Action.KILL, Action.START);
  }

  @Test
  void killsWhatOutlivesTheCommand() {
    WhileCourse course = course(OnReturn.STOP, Restart.NEVER);
    course.told(Truth.YES, 0);
    assertThat(course.ended(0, 1)).containsExactly(Action.KILL);
  }

  @Test
  void staysEndedUntilTheConditionHasEnded() {
    WhileCourse course = course(OnReturn.STOP, Restart.NEVER);
    course.told(Truth.YES, 0);
    course.ended(3, 1);
    assertThat(course.phase()).isEqualTo(Phase.OVER);
    assertThat(course.told(Truth.YES, 2)).isEmpty();
    assertThat(course.told(Truth.NO, 3)).isEmpty();
    assertThat(course.told(Truth.YES, 4)).containsExactly(Action.START);
  }

  @Test
  void restartsWhatFailedAfterAPauseThatDoubles() {
    WhileCourse course = course(OnReturn.STOP, Restart.FAILURE);
    long now = 0;
    assertThat(course.told(Truth.YES, now)).containsExactly(Action.START);
    for (int seconds : new int[] {5, 10, 20, 40, 80, 160, 300, 300}) {
      assertThat(course.ended(1, now)).containsExactly(Action.KILL);
      assertThat(course.untilTick(now)).isEqualTo(seconds * SECOND);
      assertThat(course.tick(now + seconds * SECOND - 1)).isEmpty();
      now += seconds * SECOND;
      assertThat(course.tick(now)).containsExactly(Action.START);
    }
    now += WhileCourse.RAN_WELL.toNanos();
    course.ended(1, now);
    assertThat(course.untilTick(now)).isEqualTo(5 * SECOND);
    now += 5 * SECOND;
    assertThat(course.tick(now)).containsExactly(Action.START);
    course.ended(0, now);
    assertThat(course.phase()).isEqualTo(Phase.OVER);
  }

  @Test
  void restartsWhatCannotBeStarted() {
    WhileCourse course = course(OnReturn.STOP, Restart.ALWAYS);
    course.told(Truth.YES, 0);
    assertThat(course.cannotStart(0)).isEmpty();
    assertThat(course.tick(5 * SECOND)).containsExactly(Action.START);
    assertThat(course.cannotStart(5 * SECOND)).isEmpty();
    assertThat(course.told(Truth.NO, 6 * SECOND)).isEmpty();
    assertThat(course.tick(100 * SECOND)).isEmpty();
  }

  @Test
  void holdsAndReleases() {
    WhileCourse course = course(OnReturn.SUSPEND, Restart.NEVER);
    course.told(Truth.YES, 0);
    assertThat(course.told(Truth.NO, 1)).containsExactly(Action.HOLD);
    assertThat(course.told(Truth.UNKNOWN, 2)).isEmpty();
    assertThat(course.told(Truth.FROM_BEFORE, 2)).isEmpty();
    assertThat(course.told(Truth.YES, 3)).containsExactly(Action.RELEASE);
    course.told(Truth.NO, 4);
    assertThat(course.ended(9, 5)).containsExactly(Action.KILL);
    assertThat(course.phase()).isEqualTo(Phase.WAITING);
  }

  @Test
  void stopsWhatCannotBeHeldAndLetsItRunToEnd() {
    WhileCourse course = course(OnReturn.SUSPEND, Restart.NEVER);
    course.told(Truth.YES, 0);
    course.told(Truth.NO, 1);
    assertThat(course.cannotHold(2)).containsExactly(Action.STOP, Action.RELEASE);
    assertThat(course.phase()).isEqualTo(Phase.STOPPING);
  }

  /** Whatever happens in whatever order. */
  @Test
  void neverRunsTwiceAndNeverForgetsToClean() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      OnReturn onReturn = List.of(OnReturn.values()).get(random.nextInt(3));
      Restart restart = List.of(Restart.values()).get(random.nextInt(3));
      WhileCourse course = course(onReturn, restart);
      boolean alive = false;
      boolean dirty = false;
      Truth truth = Truth.UNKNOWN;
      long now = 0;
      for (int step = 0; step < 200; step++) {
        now += random.nextInt(20) * SECOND;
        List<Action> actions = new ArrayList<>();
        int what = random.nextInt(4);
        if (what == 0 && alive) {
          alive = false;
          dirty = true;
          actions.addAll(course.ended(random.nextInt(2), now));
        } else if (what == 1) {
          actions.addAll(course.tick(now));
        } else {
          truth = List.of(Truth.values()).get(random.nextInt(4));
          actions.addAll(course.told(truth, now));
        }
        for (Action action : actions) {
          if (action == Action.START) {
            assertThat(alive || dirty).as("seed %s step %s", seed, step).isFalse();
            assertThat(truth).isEqualTo(Truth.YES);
            alive = true;
          } else if (action == Action.KILL) {
            dirty = false;
          }
        }
        assertThat(dirty).as("seed %s step %s: left over", seed, step).isFalse();
        boolean mayRunFreely = truth == Truth.YES || truth == Truth.FROM_BEFORE;
        assertThat(course.phase() == Phase.RUNNING && alive && !mayRunFreely)
            .as("seed %s step %s", seed, step)
            .isFalse();
      }
    }
  }
}
