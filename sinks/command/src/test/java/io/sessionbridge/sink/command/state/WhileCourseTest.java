package io.sessionbridge.sink.command.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.sink.command.config.OnReturn;
import io.sessionbridge.sink.command.config.Restart;
import io.sessionbridge.sink.command.config.Truth;
import io.sessionbridge.sink.command.state.WhileCourse.Action;
import io.sessionbridge.sink.command.state.WhileCourse.Phase;
import java.time.Duration;
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
    assertThat(course.killed(true, 4)).isEmpty();
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
    assertThat(course.ended(143, 5)).containsExactly(Action.KILL);
    assertThat(course.killed(true, 5)).containsExactly(Action.START);
  }

  @Test
  void killsWhatIgnoresTheStop() {
    WhileCourse course = course(OnReturn.STOP, Restart.NEVER);
    course.told(Truth.YES, 0);
    course.told(Truth.NO, SECOND);
    assertThat(course.untilTick(SECOND)).isEqualTo(30 * SECOND);
    assertThat(course.tick(31 * SECOND - 1)).isEmpty();
    assertThat(course.tick(31 * SECOND)).containsExactly(Action.KILL);
    assertThat(course.killed(true, 31 * SECOND)).isEmpty();
    assertThat(course.told(Truth.YES, 32 * SECOND)).isEmpty();
    assertThat(course.ended(137, 33 * SECOND)).containsExactly(Action.KILL);
    assertThat(course.killed(true, 33 * SECOND)).containsExactly(Action.START);
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
    course.killed(true, 1);
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
      assertThat(course.killed(true, now)).isEmpty();
      assertThat(course.untilTick(now)).isEqualTo(seconds * SECOND);
      assertThat(course.tick(now + seconds * SECOND - 1)).isEmpty();
      now += seconds * SECOND;
      assertThat(course.tick(now)).containsExactly(Action.START);
    }
    assertThat(course.untilRanWell(now)).isEqualTo(WhileCourse.RAN_WELL.toNanos());
    now += WhileCourse.RAN_WELL.toNanos();
    assertThat(course.untilRanWell(now)).isZero();
    course.ended(1, now);
    course.killed(true, now);
    assertThat(course.untilTick(now)).isEqualTo(5 * SECOND);
    now += 5 * SECOND;
    assertThat(course.tick(now)).containsExactly(Action.START);
    course.ended(0, now);
    course.killed(true, now);
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
    assertThat(course.killed(true, 5)).isEmpty();
    assertThat(course.phase()).isEqualTo(Phase.WAITING);
  }

  @Test
  void triesAgainToReleaseWhatStandsStill() {
    WhileCourse course = course(OnReturn.SUSPEND, Restart.NEVER);
    course.told(Truth.YES, 0);
    course.told(Truth.NO, 1);
    assertThat(course.told(Truth.YES, 2)).containsExactly(Action.RELEASE);
    course.cannotRelease(2);
    assertThat(course.tick(3)).isEmpty();
    assertThat(course.untilTick(2)).isEqualTo(10 * SECOND);
    assertThat(course.told(Truth.NO, 4)).isEmpty();
    assertThat(course.untilTick(4)).isEqualTo(Long.MAX_VALUE);
    assertThat(course.told(Truth.YES, 5)).isEmpty();
    assertThat(course.tick(2 + 10 * SECOND)).containsExactly(Action.RELEASE);
    assertThat(course.phase()).isEqualTo(Phase.RUNNING);
    assertThat(course.untilTick(3 + 10 * SECOND)).isEqualTo(Long.MAX_VALUE);
    assertThat(course.told(Truth.NO, 3 + 10 * SECOND)).containsExactly(Action.HOLD);
    assertThat(course.told(Truth.YES, 4 + 10 * SECOND)).containsExactly(Action.RELEASE);
  }

  /** While its thread was busy with what the command had left. */
  @Test
  void startsAgainAfterTheConditionHasEndedUnseen() {
    WhileCourse course = course(OnReturn.STOP, Restart.NEVER);
    course.told(Truth.YES, 0);
    assertThat(course.ended(0, 1)).containsExactly(Action.KILL);
    course.lapsed();
    course.knows(Truth.YES);
    assertThat(course.killed(true, 2)).containsExactly(Action.START);
    course.lapsed();
    assertThat(course.told(Truth.YES, 3)).as("it still runs").isEmpty();
    assertThat(course.ended(0, 4)).containsExactly(Action.KILL);
    assertThat(course.killed(true, 5)).as("nothing lapsed since").isEmpty();
    assertThat(course.phase()).isEqualTo(Phase.OVER);
    course.lapsed();
    course.knows(Truth.FROM_BEFORE);
    assertThat(course.tick(6)).isEmpty();
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

  /** Two of them would run at the same time. */
  @Test
  void doesNotStartWhileAnythingOfTheLastRunIsLeft() {
    long again = WhileCourse.KILL_AGAIN.toNanos();
    WhileCourse course = course(OnReturn.STOP, Restart.ALWAYS);
    course.told(Truth.YES, 0);
    assertThat(course.ended(1, 0)).containsExactly(Action.KILL);
    assertThat(course.killed(false, 0)).isEmpty();
    assertThat(course.phase()).isEqualTo(Phase.CLEANING);
    assertThat(course.told(Truth.NO, 1)).isEmpty();
    assertThat(course.told(Truth.YES, 2)).isEmpty();
    assertThat(course.untilTick(0)).isEqualTo(again);
    assertThat(course.tick(again)).containsExactly(Action.KILL);
    assertThat(course.tick(2 * again)).isEmpty(); // until it is told how the kill went
    assertThat(course.killed(false, 2 * again)).isEmpty();
    assertThat(course.tick(3 * again)).containsExactly(Action.KILL);
    assertThat(course.killed(true, 3 * again)).containsExactly(Action.START);
  }

  @Test
  void killsAgainWhatDidNotEnd() {
    WhileCourse course = course(OnReturn.STOP, Restart.NEVER);
    course.told(Truth.YES, 0);
    course.told(Truth.NO, 0);
    assertThat(course.tick(GRACE.toNanos())).containsExactly(Action.KILL);
    assertThat(course.killed(false, GRACE.toNanos())).isEmpty();
    long again = GRACE.plus(WhileCourse.KILL_AGAIN).toNanos();
    assertThat(course.tick(again - 1)).isEmpty();
    assertThat(course.tick(again)).containsExactly(Action.KILL);
  }

  /** The news came while the tree of the last run was being killed. */
  @Test
  void startsByTheNewestNewsOnly() {
    WhileCourse course = course(OnReturn.STOP, Restart.NEVER);
    course.told(Truth.YES, 0);
    course.told(Truth.NO, 1);
    course.told(Truth.YES, 2);
    assertThat(course.ended(143, 3)).containsExactly(Action.KILL);
    course.knows(Truth.NO);
    assertThat(course.killed(true, 4)).isEmpty();
    assertThat(course.phase()).isEqualTo(Phase.WAITING);
  }

  @Test
  void closesInOrderWithinTheTimeForIt() {
    WhileCourse course = course(OnReturn.SUSPEND, Restart.ALWAYS);
    course.told(Truth.YES, 0);
    course.told(Truth.NO, 0);
    Duration most = Duration.ofSeconds(8);
    assertThat(course.close(most, 0)).containsExactly(Action.STOP, Action.RELEASE);
    assertThat(course.told(Truth.YES, 1)).isEmpty();
    assertThat(course.isFinished()).isFalse();
    assertThat(course.untilTick(0)).isEqualTo(most.toNanos());
    assertThat(course.ended(0, SECOND)).containsExactly(Action.KILL);
    assertThat(course.killed(false, SECOND)).isEmpty(); // who closes cannot wait for it
    assertThat(course.isFinished()).isTrue();

    WhileCourse stopping = course(OnReturn.STOP, Restart.NEVER);
    stopping.told(Truth.YES, 0);
    stopping.told(Truth.NO, 0);
    assertThat(stopping.close(most, 0)).isEmpty();
    assertThat(stopping.close(Duration.ZERO, 1)).containsExactly(Action.KILL);
    assertThat(stopping.killed(true, 1)).isEmpty();
    assertThat(stopping.isFinished()).isTrue();

    WhileCourse waiting = course(OnReturn.STOP, Restart.NEVER);
    assertThat(waiting.close(most, 0)).isEmpty();
    assertThat(waiting.isFinished()).isTrue();
    assertThat(waiting.told(Truth.YES, 1)).isEmpty();
  }

  /** Whatever happens in whatever order. */
  @Test
  void neverRunsTwiceAndNeverForgetsToClean() {
    for (int seed = 0; seed < 2_000; seed++) {
      new RandomDay(seed).run();
    }
  }

  private static final class RandomDay {
    private final int seed;
    private final Random random;
    private final WhileCourse course;
    private boolean alive;
    private boolean dirty;
    private Truth truth = Truth.UNKNOWN;
    private long now;
    private int step;

    RandomDay(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.course =
          course(
              List.of(OnReturn.values()).get(random.nextInt(3)),
              List.of(Restart.values()).get(random.nextInt(3)));
    }

    void run() {
      for (step = 0; step < 200; step++) {
        now += random.nextInt(20) * SECOND;
        int what = random.nextInt(4);
        if (what == 0 && alive) {
          alive = false;
          dirty = true;
          check(course.ended(random.nextInt(2), now));
        } else if (what == 1) {
          check(course.tick(now));
        } else {
          truth = List.of(Truth.values()).get(random.nextInt(4));
          check(course.told(truth, now));
        }
        assertThat(dirty && course.untilTick(now) == Long.MAX_VALUE)
            .as("seed %s step %s: left over for ever", seed, step)
            .isFalse();
        boolean mayRunFreely = truth == Truth.YES || truth == Truth.FROM_BEFORE;
        assertThat(course.phase() == Phase.RUNNING && alive && !mayRunFreely)
            .as("seed %s step %s", seed, step)
            .isFalse();
      }
    }

    private void check(List<Action> actions) {
      for (Action action : actions) {
        if (action == Action.START) {
          assertThat(alive || dirty).as("seed %s step %s", seed, step).isFalse();
          assertThat(truth).isEqualTo(Truth.YES);
          alive = true;
        } else if (action == Action.KILL) {
          boolean all = random.nextInt(3) > 0;
          dirty = dirty && !all;
          check(course.killed(all, now));
        }
      }
    }
  }
}
