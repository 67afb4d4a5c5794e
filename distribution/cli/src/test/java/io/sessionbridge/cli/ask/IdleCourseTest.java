package io.sessionbridge.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.cli.ask.IdleCourse.Action;
import io.sessionbridge.cli.ask.IdleCourse.Host;
import io.sessionbridge.cli.ask.IdleCourse.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Histories of a host, and what becomes of a command in them. */
class IdleCourseTest {

  private static final Duration GRACE = Duration.ofSeconds(30);

  private long seconds;
  private IdleCourse course = course(OnReturn.STOP, false, Duration.ZERO);

  private static IdleCourse course(OnReturn onReturn, boolean restart, Duration idleAfter) {
    return new IdleCourse(onReturn, restart, GRACE, idleAfter);
  }

  private long now() {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private List<Action> changed(Host host) {
    return course.changed(host, Duration.ZERO, now());
  }

  private List<Action> after(long more) {
    seconds += more;
    return course.tick(now());
  }

  @Test
  void runsWhileTheHostIsIdleAndOnlyThen() {
    assertThat(changed(Host.NOT_IDLE)).isEmpty();
    assertThat(changed(Host.UNKNOWN)).isEmpty();
    assertThat(after(1_000)).isEmpty();
    assertThat(changed(Host.IDLE)).containsExactly(Action.START);
    assertThat(changed(Host.IDLE)).isEmpty();
    assertThat(changed(Host.NOT_IDLE)).containsExactly(Action.STOP);
    assertThat(changed(Host.IDLE)).isEmpty(); // it is on its way out
    assertThat(course.ended()).containsExactly(Action.KILL, Action.END);
    assertThat(course.phase()).isEqualTo(Phase.OVER);
  }

  @Test
  void unknownIsNotIdle() {
    changed(Host.IDLE);
    assertThat(changed(Host.UNKNOWN)).containsExactly(Action.STOP);
  }

  @Test
  void whatWasIdleBeforeTheAgentStartedNeitherStartsNorStops() {
    assertThat(changed(Host.WAS_IDLE)).isEmpty();
    assertThat(after(100)).isEmpty();
    assertThat(changed(Host.IDLE)).containsExactly(Action.START);
    changed(Host.NO_AGENT);
    assertThat(changed(Host.WAS_IDLE)).isEmpty();
    assertThat(after(100)).isEmpty();
    assertThat(changed(Host.NOT_IDLE)).containsExactly(Action.STOP);
  }

  @Test
  void whatCannotBeKilledIsNotWaitedFor() {
    course = course(OnReturn.STOP, true, Duration.ZERO);
    changed(Host.IDLE);
    changed(Host.NOT_IDLE);
    assertThat(after(30)).containsExactly(Action.KILL);
    assertThat(course.cannotKill()).containsExactly(Action.END);
    assertThat(changed(Host.IDLE)).isEmpty();
  }

  @Test
  void waitsUntilItHasBeenIdleForLong() {
    course = course(OnReturn.STOP, false, Duration.ofMinutes(10));
    assertThat(course.changed(Host.IDLE, Duration.ofMinutes(4), now())).isEmpty();
    assertThat(after(359)).isEmpty();
    assertThat(after(1)).containsExactly(Action.START);
  }

  @Test
  void flappingBeginsTheTimeAnew() {
    course = course(OnReturn.STOP, false, Duration.ofMinutes(1));
    for (int i = 0; i < 100; i++) {
      assertThat(changed(Host.IDLE)).isEmpty();
      assertThat(after(59)).isEmpty();
      assertThat(changed(Host.NOT_IDLE)).isEmpty();
      assertThat(after(5)).isEmpty();
    }
    changed(Host.IDLE);
    assertThat(after(60)).containsExactly(Action.START);
  }

  @Test
  void aCommandThatDoesNotStopIsKilledAfterTheGrace() {
    changed(Host.IDLE);
    changed(Host.NOT_IDLE);
    assertThat(after(29)).isEmpty();
    assertThat(after(1)).containsExactly(Action.KILL);
    assertThat(after(100)).isEmpty();
    assertThat(course.ended()).containsExactly(Action.KILL, Action.END);
  }

  @Test
  void anAgentThatRestartsDoesNotStopTheCommand() {
    changed(Host.IDLE);
    assertThat(changed(Host.NO_AGENT)).isEmpty();
    assertThat(after(29)).isEmpty();
    assertThat(changed(Host.NO_AGENT)).isEmpty();
    assertThat(changed(Host.IDLE)).isEmpty();
    assertThat(after(100)).isEmpty();
    changed(Host.NO_AGENT);
    assertThat(after(30)).containsExactly(Action.STOP);
  }

  @Test
  void nothingStartsWithoutAnAgent() {
    changed(Host.NO_AGENT);
    assertThat(after(10_000)).isEmpty();
    assertThat(course.phase()).isEqualTo(Phase.WAITING);
  }

  @Test
  void whatEndsByItselfIsOverAndItsChildrenToo() {
    course = course(OnReturn.STOP, true, Duration.ZERO);
    changed(Host.IDLE);
    assertThat(course.ended()).containsExactly(Action.KILL, Action.END);
    assertThat(changed(Host.IDLE)).isEmpty();
  }

  @Test
  void whatWasStoppedStartsAgainIfAskedTo() {
    course = course(OnReturn.STOP, true, Duration.ZERO);
    for (int i = 0; i < 3; i++) {
      assertThat(changed(Host.IDLE)).containsExactly(Action.START);
      assertThat(changed(Host.NOT_IDLE)).containsExactly(Action.STOP);
      assertThat(changed(Host.IDLE)).isEmpty(); // the first one has not ended
      assertThat(course.ended()).containsExactly(Action.KILL);
    }
    assertThat(after(0)).containsExactly(Action.START);
  }

  @Test
  void holdsAndReleases() {
    course = course(OnReturn.SUSPEND, false, Duration.ZERO);
    changed(Host.IDLE);
    for (int i = 0; i < 3; i++) {
      assertThat(changed(Host.NOT_IDLE)).containsExactly(Action.HOLD);
      assertThat(after(1_000)).isEmpty();
      assertThat(changed(Host.IDLE)).containsExactly(Action.RELEASE);
    }
    changed(Host.NOT_IDLE);
    assertThat(course.interrupted(now())).containsExactly(Action.STOP, Action.RELEASE);
  }

  @Test
  void whatCannotBeHeldIsStopped() {
    course = course(OnReturn.LOWER, false, Duration.ZERO);
    changed(Host.IDLE);
    changed(Host.NOT_IDLE);
    assertThat(course.cannotHold(now())).containsExactly(Action.STOP, Action.RELEASE);
  }

  @Test
  void theFirstInterruptAsksAndTheSecondKills() {
    course = course(OnReturn.STOP, true, Duration.ZERO);
    changed(Host.IDLE);
    assertThat(course.interrupted(now())).containsExactly(Action.STOP);
    assertThat(course.interrupted(now())).containsExactly(Action.KILL);
    assertThat(course.interrupted(now())).isEmpty();
    assertThat(course.ended()).containsExactly(Action.KILL, Action.END);
  }

  @Test
  void anInterruptWhileWaitingEndsAtOnce() {
    assertThat(course.interrupted(now())).containsExactly(Action.END);
  }

  /** The command never runs twice, never starts on a host in use, and always can be ended. */
  @Test
  void holdsItsPromisesInAnyHistory() {
    for (int seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      seconds = 0;
      course =
          course(
              List.of(OnReturn.values()).get(random.nextInt(3)),
              random.nextBoolean(),
              Duration.ZERO);
      boolean runs = false;
      Host host = Host.NO_AGENT;
      for (int step = 0; step < 60; step++) {
        List<Action> done = new ArrayList<>();
        boolean tellsEnd = false;
        switch (random.nextInt(4)) {
          case 0, 1 -> {
            host = List.of(Host.values()).get(random.nextInt(Host.values().length));
            done.addAll(changed(host));
          }
          case 2 -> {
            tellsEnd = runs;
            done.addAll(runs ? course.ended() : List.of());
          }
          default -> done.addAll(after(random.nextInt(40)));
        }
        runs = runs && !tellsEnd;
        if (done.contains(Action.START)) {
          assertThat(runs).as("seed %s runs twice", seed).isFalse();
          assertThat(host).as("seed %s starts", seed).isEqualTo(Host.IDLE);
          runs = true;
        }
        boolean held = course.phase() == Phase.RUNNING && runs;
        assertThat(held && (host == Host.NOT_IDLE || host == Host.UNKNOWN))
            .as("seed %s continues although a user is present", seed)
            .isFalse();
      }
      course.interrupted(now());
      course.interrupted(now());
      if (runs) {
        assertThat(course.ended()).as("seed %s", seed).endsWith(Action.END);
      }
      assertThat(course.phase()).as("seed %s", seed).isEqualTo(Phase.OVER);
    }
  }
}
