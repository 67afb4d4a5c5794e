package io.sessionbridge.sink.command.state;

import io.sessionbridge.sink.command.config.OnReturn;
import io.sessionbridge.sink.command.config.Restart;
import io.sessionbridge.sink.command.config.Truth;
import java.time.Duration;
import java.util.List;

/**
 * Decides when a command that runs only while a condition holds is started, held and stopped. Pure:
 * takes what happened and when, and returns what to do. One thread.
 *
 * <table>
 * <caption>What happens in which phase</caption>
 * <tr><th></th><th>holds</th><th>does not hold, unknown</th><th>command ended</th></tr>
 * <tr><td>waiting</td><td>start</td><td></td><td></td></tr>
 * <tr><td>running</td><td></td><td>stop, or hold</td><td>clean; pause, or over</td></tr>
 * <tr><td>held</td><td>release</td><td></td><td>clean; over</td></tr>
 * <tr><td>stopping, killed</td><td></td><td></td><td>clean, wait</td></tr>
 * <tr><td>cleaning</td><td colspan="2">kill again after a while, until nothing is left</td><td></td></tr>
 * <tr><td>pausing</td><td>start after the pause</td><td>wait</td><td></td></tr>
 * <tr><td>over</td><td></td><td>wait</td><td></td></tr>
 * </table>
 *
 * <p>A command never runs twice at the same time: it is started anew only once its own process and
 * all that it left have ended.
 */
final class WhileStateMachine {

  /** What to do. */
  enum Action {
    START,
    /** Request the end of the tree. */
    STOP,
    /**
     * End what is left of the tree, also what outlived the command; then report by {@link #killed}.
     */
    KILL,
    /** Suspend or lower, as configured. */
    HOLD,
    /** Undo that. */
    RELEASE
  }

  enum Phase {
    WAITING,
    RUNNING,
    HELD,
    STOPPING,
    /** It was killed; its end is not reported yet. */
    KILLED,
    /** It has ended; other processes of its tree may be left. */
    CLEANING,
    /** It ended by itself and is started again after a pause. */
    PAUSING,
    /** It ended by itself; the next start needs a new begin of the condition. */
    OVER
  }

  /** The pause doubles up to this. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** A command that ran this long did not fail at its start: the pause is reset. */
  static final Duration RAN_WELL = Duration.ofMinutes(1);

  /** How often a kill is repeated that left processes, such as another user's. */
  static final Duration KILL_AGAIN = Duration.ofSeconds(10);

  /** How often a failed release is repeated. */
  static final Duration RELEASE_AGAIN = Duration.ofSeconds(10);

  private static final long NEVER = Long.MAX_VALUE;

  private final OnReturn onReturn;
  private final Restart restart;
  private final long graceNanos;
  private final long pauseNanos;

  private Phase phase = Phase.WAITING;
  private Truth truth = Truth.UNKNOWN;

  /** Whether the condition did not hold at some time since the command was last seen running. */
  private boolean lapsed;

  private long startedAt;

  /** When HELD, STOPPING, KILLED or CLEANING continues; valid only if {@code timed}. */
  private long until;

  private boolean timed;
  private int pauses;
  private Phase afterCleaning = Phase.WAITING;
  private long pauseEnd;
  private boolean closed;

  /**
   * Starts in phase WAITING.
   *
   * @param grace between STOP and KILL
   * @param pause before the first restart
   */
  WhileStateMachine(OnReturn onReturn, Restart restart, Duration grace, Duration pause) {
    this.onReturn = onReturn;
    this.restart = restart;
    this.graceNanos = grace.toNanos();
    this.pauseNanos = pause.toNanos();
  }

  Phase phase() {
    return phase;
  }

  /** Sets the condition, which {@link #tick} and the other methods then take into account. */
  void setCondition(Truth now) {
    if (!closed) {
      truth = now;
      lapsed |= mustLeave();
    }
  }

  /** Records that the condition did not hold for a while, whatever it is now. */
  void lapsed() {
    lapsed = true;
  }

  /** Sets the condition and acts on it. */
  List<Action> update(Truth now, long nanos) {
    setCondition(now);
    return tick(nanos);
  }

  /** Time has passed. */
  List<Action> tick(long nanos) {
    return switch (phase) {
      case WAITING -> truth == Truth.YES ? start(nanos) : List.of();
      case RUNNING -> running(nanos);
      case HELD -> truth == Truth.YES && mayRelease(nanos) ? release() : List.of();
      case STOPPING -> isDue(nanos) ? kill(Phase.KILLED) : List.of();
      case KILLED, CLEANING -> isDue(nanos) ? kill(phase) : List.of();
      case PAUSING -> pausing(nanos);
      case OVER -> {
        if (!mustLeave() && !lapsed) {
          yield List.of();
        }
        phase = Phase.WAITING;
        yield tick(nanos);
      }
    };
  }

  /** How long until {@link #tick} may do something; {@link Long#MAX_VALUE} if nothing is due. */
  long untilTick(long nanos) {
    return switch (phase) {
      case STOPPING, KILLED, CLEANING -> timed ? Math.max(0, until - nanos) : NEVER;
      case PAUSING -> Math.max(0, pauseEnd - nanos);
      case HELD -> timed && truth == Truth.YES ? Math.max(0, until - nanos) : NEVER;
      case WAITING, RUNNING, OVER -> NEVER;
    };
  }

  /** How long until the command that runs has run well; {@link Long#MAX_VALUE} if none runs. */
  long untilRanWell(long nanos) {
    return phase == Phase.RUNNING ? Math.max(0, startedAt + RAN_WELL.toNanos() - nanos) : NEVER;
  }

  /** Whether it was closed and waits for nothing more. */
  boolean isFinished() {
    return closed && phase == Phase.WAITING;
  }

  private boolean isDue(long nanos) {
    return timed && nanos - until >= 0;
  }

  private boolean mustLeave() {
    return truth == Truth.NO || truth == Truth.UNKNOWN;
  }

  private List<Action> start(long nanos) {
    startedAt = nanos;
    lapsed = false;
    return to(Phase.RUNNING, Action.START);
  }

  private List<Action> pausing(long nanos) {
    if (mustLeave()) {
      phase = Phase.WAITING;
      return List.of();
    }
    return truth == Truth.YES && nanos - pauseEnd >= 0 ? start(nanos) : List.of();
  }

  private List<Action> running(long nanos) {
    if (mustLeave()) {
      return leave(nanos);
    }
    lapsed = false;
    return List.of();
  }

  private List<Action> leave(long nanos) {
    if (onReturn == OnReturn.STOP) {
      return stop(graceNanos, nanos);
    }
    timed = false;
    return to(Phase.HELD, Action.HOLD);
  }

  private boolean mayRelease(long nanos) {
    return !timed || isDue(nanos);
  }

  private List<Action> release() {
    lapsed = false;
    return to(Phase.RUNNING, Action.RELEASE);
  }

  /** Releases a held command, which could not end otherwise. */
  private List<Action> stop(long grace, long nanos) {
    continueAfter(grace, nanos);
    boolean held = phase == Phase.HELD;
    phase = Phase.STOPPING;
    return held ? List.of(Action.STOP, Action.RELEASE) : List.of(Action.STOP);
  }

  private void continueAfter(long time, long nanos) {
    until = nanos + time;
    timed = true;
  }

  private List<Action> kill(Phase next) {
    timed = false; // until killed() reports the result
    return to(next, Action.KILL);
  }

  /**
   * Starts nothing more, and ends what runs.
   *
   * @param grace before the kill, unless the configured one is shorter
   */
  List<Action> close(Duration grace, long nanos) {
    closed = true;
    truth = Truth.NO;
    long most = Math.min(grace.toNanos(), graceNanos);
    return switch (phase) {
      case RUNNING, HELD -> stop(most, nanos);
      case STOPPING -> {
        if (until - nanos > most) {
          continueAfter(most, nanos);
        }
        yield tick(nanos);
      }
      case WAITING, PAUSING, OVER -> {
        phase = Phase.WAITING;
        yield List.of();
      }
      case KILLED, CLEANING -> kill(phase);
    };
  }

  /** The command could not be suspended or lowered: it is stopped instead. */
  List<Action> cannotHold(long nanos) {
    return phase == Phase.HELD ? stop(graceNanos, nanos) : List.of();
  }

  /** The command could not be released: it is still held, and the release is retried. */
  void cannotRelease(long nanos) {
    if (phase == Phase.RUNNING) {
      phase = Phase.HELD;
      continueAfter(RELEASE_AGAIN.toNanos(), nanos);
    }
  }

  /** The command could not be started. */
  List<Action> cannotStart(long nanos) {
    if (phase != Phase.RUNNING) {
      return List.of();
    }
    phase = endedByItself(false, nanos);
    return tick(nanos);
  }

  /** The command's own process has ended; other processes of its tree may be left. */
  List<Action> ended(int code, long nanos) {
    return switch (phase) {
      case RUNNING, HELD -> {
        afterCleaning = endedByItself(code == 0, nanos);
        yield kill(Phase.CLEANING);
      }
      case STOPPING, KILLED -> {
        pauses = 0;
        afterCleaning = Phase.WAITING;
        yield kill(Phase.CLEANING);
      }
      case WAITING, CLEANING, PAUSING, OVER -> List.of();
    };
  }

  /**
   * Reports the result of a KILL.
   *
   * @param all whether nothing of the tree is left
   */
  List<Action> killed(boolean all, long nanos) {
    if (phase != Phase.KILLED && phase != Phase.CLEANING) {
      return List.of();
    }
    if (closed) { // a close does not wait for processes that cannot be ended
      phase = Phase.WAITING;
      return List.of();
    }
    if (!all || phase == Phase.KILLED) { // the end of the command is reported separately
      continueAfter(KILL_AGAIN.toNanos(), nanos);
      return List.of();
    }
    phase = afterCleaning;
    return tick(nanos);
  }

  private Phase endedByItself(boolean well, long nanos) {
    boolean again = restart == Restart.ALWAYS || restart == Restart.FAILURE && !well;
    if (!again) {
      pauses = 0;
      return Phase.OVER;
    }
    if (nanos - startedAt >= RAN_WELL.toNanos()) {
      pauses = 0;
    }
    long pause = pauseNanos << Math.min(pauses, 20);
    pauseEnd = nanos + Math.min(pause, Math.max(pauseNanos, LONGEST_PAUSE.toNanos()));
    pauses++;
    return Phase.PAUSING;
  }

  private List<Action> to(Phase next, Action action) {
    phase = next;
    return List.of(action);
  }
}
