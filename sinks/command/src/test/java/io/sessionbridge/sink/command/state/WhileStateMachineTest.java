package io.sessionbridge.sink.command.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.sink.command.config.OnReturn;
import io.sessionbridge.sink.command.config.Restart;
import io.sessionbridge.sink.command.config.Truth;
import io.sessionbridge.sink.command.state.WhileStateMachine.Action;
import io.sessionbridge.sink.command.state.WhileStateMachine.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WhileStateMachineTest {

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static WhileStateMachine machine(OnReturn onReturn, Restart restart) {
    return new WhileStateMachine(onReturn, restart, GRACE, PAUSE);
  }

  @Test
  void startsOnceAndStopsAtOnce() {
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.NEVER);
    assertThat(machine.update(Truth.NO, 0)).isEmpty();
    assertThat(machine.update(Truth.YES, 1)).containsExactly(Action.START);
    assertThat(machine.update(Truth.YES, 2)).isEmpty();
    assertThat(machine.update(Truth.NO, 3)).containsExactly(Action.STOP);
    assertThat(machine.ended(143, 4)).containsExactly(Action.KILL);
    assertThat(machine.killed(true, 4)).isEmpty();
    assertThat(machine.phase()).isEqualTo(Phase.WAITING);
    assertThat(machine.update(Truth.YES, 5)).containsExactly(Action.START);
  }

  @Test
  void startsNothingByWhatWasTrueBeforeTheAgentStarted() {
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.NEVER);
    assertThat(machine.update(Truth.UNKNOWN, 0)).isEmpty();
    assertThat(machine.update(Truth.FROM_BEFORE, 1)).isEmpty();
    assertThat(machine.update(Truth.YES, 2)).containsExactly(Action.START);
    assertThat(machine.update(Truth.FROM_BEFORE, 3)).isEmpty();
    assertThat(machine.update(Truth.UNKNOWN, 4)).containsExactly(Action.STOP);
  }

  @Test
  void doesNotStartAgainBeforeTheFirstOneHasEnded() {
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.NEVER);
    machine.update(Truth.YES, 0);
    machine.update(Truth.NO, 1);
    assertThat(machine.update(Truth.YES, 2)).isEmpty();
    assertThat(machine.update(Truth.NO, 3)).isEmpty();
    assertThat(machine.update(Truth.YES, 4)).isEmpty();
    assertThat(machine.ended(143, 5)).containsExactly(Action.KILL);
    assertThat(machine.killed(true, 5)).containsExactly(Action.START);
  }

  @Test
  void killsWhatIgnoresTheStop() {
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.NEVER);
    machine.update(Truth.YES, 0);
    machine.update(Truth.NO, SECOND);
    assertThat(machine.untilTick(SECOND)).isEqualTo(30 * SECOND);
    assertThat(machine.tick(31 * SECOND - 1)).isEmpty();
    assertThat(machine.tick(31 * SECOND)).containsExactly(Action.KILL);
    assertThat(machine.killed(true, 31 * SECOND)).isEmpty();
    assertThat(machine.update(Truth.YES, 32 * SECOND)).isEmpty();
    assertThat(machine.ended(137, 33 * SECOND)).containsExactly(Action.KILL);
    assertThat(machine.killed(true, 33 * SECOND)).containsExactly(Action.START);
  }

  @Test
  void killsWhatOutlivesTheCommand() {
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.NEVER);
    machine.update(Truth.YES, 0);
    assertThat(machine.ended(0, 1)).containsExactly(Action.KILL);
  }

  @Test
  void staysEndedUntilTheConditionHasEnded() {
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.NEVER);
    machine.update(Truth.YES, 0);
    machine.ended(3, 1);
    machine.killed(true, 1);
    assertThat(machine.phase()).isEqualTo(Phase.OVER);
    assertThat(machine.update(Truth.YES, 2)).isEmpty();
    assertThat(machine.update(Truth.NO, 3)).isEmpty();
    assertThat(machine.update(Truth.YES, 4)).containsExactly(Action.START);
  }

  @Test
  void restartsWhatFailedAfterAPauseThatDoubles() {
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.FAILURE);
    long now = 0;
    assertThat(machine.update(Truth.YES, now)).containsExactly(Action.START);
    for (int seconds : new int[] {5, 10, 20, 40, 80, 160, 300, 300}) {
      assertThat(machine.ended(1, now)).containsExactly(Action.KILL);
      assertThat(machine.killed(true, now)).isEmpty();
      assertThat(machine.untilTick(now)).isEqualTo(seconds * SECOND);
      assertThat(machine.tick(now + seconds * SECOND - 1)).isEmpty();
      now += seconds * SECOND;
      assertThat(machine.tick(now)).containsExactly(Action.START);
    }
    assertThat(machine.untilRanWell(now)).isEqualTo(WhileStateMachine.RAN_WELL.toNanos());
    now += WhileStateMachine.RAN_WELL.toNanos();
    assertThat(machine.untilRanWell(now)).isZero();
    machine.ended(1, now);
    machine.killed(true, now);
    assertThat(machine.untilTick(now)).isEqualTo(5 * SECOND);
    now += 5 * SECOND;
    assertThat(machine.tick(now)).containsExactly(Action.START);
    machine.ended(0, now);
    machine.killed(true, now);
    assertThat(machine.phase()).isEqualTo(Phase.OVER);
  }

  @Test
  void restartsWhatCannotBeStarted() {
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.ALWAYS);
    machine.update(Truth.YES, 0);
    assertThat(machine.cannotStart(0)).isEmpty();
    assertThat(machine.tick(5 * SECOND)).containsExactly(Action.START);
    assertThat(machine.cannotStart(5 * SECOND)).isEmpty();
    assertThat(machine.update(Truth.NO, 6 * SECOND)).isEmpty();
    assertThat(machine.tick(100 * SECOND)).isEmpty();
  }

  @Test
  void holdsAndReleases() {
    WhileStateMachine machine = machine(OnReturn.SUSPEND, Restart.NEVER);
    machine.update(Truth.YES, 0);
    assertThat(machine.update(Truth.NO, 1)).containsExactly(Action.HOLD);
    assertThat(machine.update(Truth.UNKNOWN, 2)).isEmpty();
    assertThat(machine.update(Truth.FROM_BEFORE, 2)).isEmpty();
    assertThat(machine.update(Truth.YES, 3)).containsExactly(Action.RELEASE);
    machine.update(Truth.NO, 4);
    assertThat(machine.ended(9, 5)).containsExactly(Action.KILL);
    assertThat(machine.killed(true, 5)).isEmpty();
    assertThat(machine.phase()).isEqualTo(Phase.WAITING);
  }

  @Test
  void triesAgainToReleaseWhatStandsStill() {
    WhileStateMachine machine = machine(OnReturn.SUSPEND, Restart.NEVER);
    machine.update(Truth.YES, 0);
    machine.update(Truth.NO, 1);
    assertThat(machine.update(Truth.YES, 2)).containsExactly(Action.RELEASE);
    machine.cannotRelease(2);
    assertThat(machine.tick(3)).isEmpty();
    assertThat(machine.untilTick(2)).isEqualTo(10 * SECOND);
    assertThat(machine.update(Truth.NO, 4)).isEmpty();
    assertThat(machine.untilTick(4)).isEqualTo(Long.MAX_VALUE);
    assertThat(machine.update(Truth.YES, 5)).isEmpty();
    assertThat(machine.tick(2 + 10 * SECOND)).containsExactly(Action.RELEASE);
    assertThat(machine.phase()).isEqualTo(Phase.RUNNING);
    assertThat(machine.untilTick(3 + 10 * SECOND)).isEqualTo(Long.MAX_VALUE);
    assertThat(machine.update(Truth.NO, 3 + 10 * SECOND)).containsExactly(Action.HOLD);
    assertThat(machine.update(Truth.YES, 4 + 10 * SECOND)).containsExactly(Action.RELEASE);
  }

  /** While its thread was busy with what the command had left. */
  @Test
  void startsAgainAfterTheConditionHasEndedUnseen() {
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.NEVER);
    machine.update(Truth.YES, 0);
    assertThat(machine.ended(0, 1)).containsExactly(Action.KILL);
    machine.lapsed();
    machine.setCondition(Truth.YES);
    assertThat(machine.killed(true, 2)).containsExactly(Action.START);
    machine.lapsed();
    assertThat(machine.update(Truth.YES, 3)).as("it still runs").isEmpty();
    assertThat(machine.ended(0, 4)).containsExactly(Action.KILL);
    assertThat(machine.killed(true, 5)).as("nothing lapsed since").isEmpty();
    assertThat(machine.phase()).isEqualTo(Phase.OVER);
    machine.lapsed();
    machine.setCondition(Truth.FROM_BEFORE);
    assertThat(machine.tick(6)).isEmpty();
    assertThat(machine.phase()).isEqualTo(Phase.WAITING);
  }

  @Test
  void stopsWhatCannotBeHeldAndLetsItRunToEnd() {
    WhileStateMachine machine = machine(OnReturn.SUSPEND, Restart.NEVER);
    machine.update(Truth.YES, 0);
    machine.update(Truth.NO, 1);
    assertThat(machine.cannotHold(2)).containsExactly(Action.STOP, Action.RELEASE);
    assertThat(machine.phase()).isEqualTo(Phase.STOPPING);
  }

  /** Two of them would run at the same time. */
  @Test
  void doesNotStartWhileAnythingOfTheLastRunIsLeft() {
    long again = WhileStateMachine.KILL_AGAIN.toNanos();
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.ALWAYS);
    machine.update(Truth.YES, 0);
    assertThat(machine.ended(1, 0)).containsExactly(Action.KILL);
    assertThat(machine.killed(false, 0)).isEmpty();
    assertThat(machine.phase()).isEqualTo(Phase.CLEANING);
    assertThat(machine.update(Truth.NO, 1)).isEmpty();
    assertThat(machine.update(Truth.YES, 2)).isEmpty();
    assertThat(machine.untilTick(0)).isEqualTo(again);
    assertThat(machine.tick(again)).containsExactly(Action.KILL);
    assertThat(machine.tick(2 * again)).isEmpty(); // until the result of the kill is reported
    assertThat(machine.killed(false, 2 * again)).isEmpty();
    assertThat(machine.tick(3 * again)).containsExactly(Action.KILL);
    assertThat(machine.killed(true, 3 * again)).containsExactly(Action.START);
  }

  @Test
  void killsAgainWhatDidNotEnd() {
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.NEVER);
    machine.update(Truth.YES, 0);
    machine.update(Truth.NO, 0);
    assertThat(machine.tick(GRACE.toNanos())).containsExactly(Action.KILL);
    assertThat(machine.killed(false, GRACE.toNanos())).isEmpty();
    long again = GRACE.plus(WhileStateMachine.KILL_AGAIN).toNanos();
    assertThat(machine.tick(again - 1)).isEmpty();
    assertThat(machine.tick(again)).containsExactly(Action.KILL);
  }

  /** The news came while the tree of the last run was being killed. */
  @Test
  void startsByTheNewestNewsOnly() {
    WhileStateMachine machine = machine(OnReturn.STOP, Restart.NEVER);
    machine.update(Truth.YES, 0);
    machine.update(Truth.NO, 1);
    machine.update(Truth.YES, 2);
    assertThat(machine.ended(143, 3)).containsExactly(Action.KILL);
    machine.setCondition(Truth.NO);
    assertThat(machine.killed(true, 4)).isEmpty();
    assertThat(machine.phase()).isEqualTo(Phase.WAITING);
  }

  @Test
  void closesInOrderWithinTheTimeForIt() {
    WhileStateMachine machine = machine(OnReturn.SUSPEND, Restart.ALWAYS);
    machine.update(Truth.YES, 0);
    machine.update(Truth.NO, 0);
    Duration most = Duration.ofSeconds(8);
    assertThat(machine.close(most, 0)).containsExactly(Action.STOP, Action.RELEASE);
    assertThat(machine.update(Truth.YES, 1)).isEmpty();
    assertThat(machine.isFinished()).isFalse();
    assertThat(machine.untilTick(0)).isEqualTo(most.toNanos());
    assertThat(machine.ended(0, SECOND)).containsExactly(Action.KILL);
    assertThat(machine.killed(false, SECOND)).isEmpty(); // who closes cannot wait for it
    assertThat(machine.isFinished()).isTrue();

    WhileStateMachine stopping = machine(OnReturn.STOP, Restart.NEVER);
    stopping.update(Truth.YES, 0);
    stopping.update(Truth.NO, 0);
    assertThat(stopping.close(most, 0)).isEmpty();
    assertThat(stopping.close(Duration.ZERO, 1)).containsExactly(Action.KILL);
    assertThat(stopping.killed(true, 1)).isEmpty();
    assertThat(stopping.isFinished()).isTrue();

    WhileStateMachine waiting = machine(OnReturn.STOP, Restart.NEVER);
    assertThat(waiting.close(most, 0)).isEmpty();
    assertThat(waiting.isFinished()).isTrue();
    assertThat(waiting.update(Truth.YES, 1)).isEmpty();
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
    private final WhileStateMachine machine;
    private boolean alive;
    private boolean dirty;
    private Truth truth = Truth.UNKNOWN;
    private long now;
    private int step;

    RandomDay(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.machine =
          machine(
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
          check(machine.ended(random.nextInt(2), now));
        } else if (what == 1) {
          check(machine.tick(now));
        } else {
          truth = List.of(Truth.values()).get(random.nextInt(4));
          check(machine.update(truth, now));
        }
        assertThat(dirty && machine.untilTick(now) == Long.MAX_VALUE)
            .as("seed %s step %s: left over for ever", seed, step)
            .isFalse();
        boolean mayRunFreely = truth == Truth.YES || truth == Truth.FROM_BEFORE;
        assertThat(machine.phase() == Phase.RUNNING && alive && !mayRunFreely)
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
          check(machine.killed(all, now));
        }
      }
    }
  }
}
