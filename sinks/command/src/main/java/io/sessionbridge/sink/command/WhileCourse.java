package io.sessionbridge.sink.command;

import java.time.Duration;
import java.util.List;

/**
 * When a command that is to run only while a condition holds is started, held and stopped. Pure: it
 * is told what happened and when, and answers what is to be done. One thread.
 *
 * <table>
 * <caption>What happens in which phase</caption>
 * <tr><th></th><th>holds</th><th>does not hold, unknown</th><th>command ended</th></tr>
 * <tr><td>waiting</td><td>start</td><td></td><td></td></tr>
 * <tr><td>running</td><td></td><td>stop, or hold</td><td>clean; pause, or over</td></tr>
 * <tr><td>held</td><td>release</td><td></td><td>clean; over</td></tr>
 * <tr><td>stopping, killed</td><td></td><td></td><td>clean, wait</td></tr>
 * <tr><td>pausing</td><td>start after the pause</td><td>wait</td><td></td></tr>
 * <tr><td>over</td><td></td><td>wait</td><td></td></tr>
 * </table>
 *
 * <p>A command never runs twice at the same time: it is started anew only once its own process has
 * ended, and what it left was killed.
 */
final class WhileCourse {

  /** What is to be done. */
  enum Action {
    START,
    /** Ask the tree to end. */
    STOP,
    /** End what is left of the tree, also what outlived the command. */
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
    KILLED,
    /** It ended by itself and is started again after a pause. */
    PAUSING,
    /** It ended by itself; it waits for the end of the condition. */
    OVER
  }

  /** The pause doubles up to this. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Who ran so long has not failed at its start: the pause begins small again. */
  static final Duration RAN_WELL = Duration.ofMinutes(1);

  private final OnReturn onReturn;
  private final Restart restart;
  private final long graceNanos;
  private final long pauseNanos;

  private Phase phase = Phase.WAITING;
  private Truth truth = Truth.UNKNOWN;
  private long startedAt;
  private long until;
  private int pauses;

  /**
   * A course that waits.
   *
   * @param grace between STOP and KILL
   * @param pause before the first restart
   */
  WhileCourse(OnReturn onReturn, Restart restart, Duration grace, Duration pause) {
    this.onReturn = onReturn;
    this.restart = restart;
    this.graceNanos = grace.toNanos();
    this.pauseNanos = pause.toNanos();
  }

  Phase phase() {
    return phase;
  }

  /** The condition is so now. */
  List<Action> told(Truth now, long nanos) {
    truth = now;
    return tick(nanos);
  }

  /** Time has passed. */
  List<Action> tick(long nanos) {
    return switch (phase) {
      case WAITING -> truth == Truth.YES ? start(nanos) : List.of();
      case RUNNING -> mustLeave() ? leave(nanos) : List.of();
      case HELD -> truth == Truth.YES ? to(Phase.RUNNING, Action.RELEASE) : List.of();
      case STOPPING -> nanos - until >= 0 ? to(Phase.KILLED, Action.KILL) : List.of();
      case PAUSING -> pausing(nanos);
      case OVER -> {
        if (mustLeave()) {
          phase = Phase.WAITING;
        }
        yield List.of();
      }
      case KILLED -> List.of();
    };
  }

  /** How long until {@link #tick} may do something; {@link Long#MAX_VALUE} if nothing is due. */
  long untilTick(long nanos) {
    return phase == Phase.STOPPING || phase == Phase.PAUSING
        ? Math.max(0, until - nanos)
        : Long.MAX_VALUE;
  }

  private boolean mustLeave() {
    return truth == Truth.NO || truth == Truth.UNKNOWN;
  }

  private List<Action> start(long nanos) {
    startedAt = nanos;
    return to(Phase.RUNNING, Action.START);
  }

  private List<Action> pausing(long nanos) {
    if (mustLeave()) {
      phase = Phase.WAITING;
      return List.of();
    }
    return truth == Truth.YES && nanos - until >= 0 ? start(nanos) : List.of();
  }

  private List<Action> leave(long nanos) {
    return onReturn == OnReturn.STOP ? stop(nanos) : to(Phase.HELD, Action.HOLD);
  }

  /** A command that stands still could not end. */
  private List<Action> stop(long nanos) {
    until = nanos + graceNanos;
    boolean held = phase == Phase.HELD;
    phase = Phase.STOPPING;
    return held ? List.of(Action.STOP, Action.RELEASE) : List.of(Action.STOP);
  }

  /** It was not possible to suspend or to lower the command: then it must stop. */
  List<Action> cannotHold(long nanos) {
    return phase == Phase.HELD ? stop(nanos) : List.of();
  }

  /** It was not possible to start the command. */
  List<Action> cannotStart(long nanos) {
    return phase == Phase.RUNNING ? endedByItself(false, nanos) : List.of();
  }

  /** The command's own process has ended; others of its tree may be left. */
  List<Action> ended(int code, long nanos) {
    return switch (phase) {
      case RUNNING, HELD -> {
        List<Action> more = endedByItself(code == 0, nanos);
        yield more.isEmpty() ? List.of(Action.KILL) : List.of(Action.KILL, Action.START);
      }
      case STOPPING, KILLED -> {
        phase = Phase.WAITING;
        pauses = 0;
        yield truth == Truth.YES ? List.of(Action.KILL, start(nanos).get(0)) : List.of(Action.KILL);
      }
      case WAITING, PAUSING, OVER -> List.of();
    };
  }

  private List<Action> endedByItself(boolean well, long nanos) {
    boolean again = restart == Restart.ALWAYS || restart == Restart.FAILURE && !well;
    if (!again) {
      phase = Phase.OVER;
      pauses = 0;
      return tick(nanos);
    }
    if (nanos - startedAt >= RAN_WELL.toNanos()) {
      pauses = 0;
    }
    long pause = pauseNanos << Math.min(pauses, 20);
    until = nanos + Math.min(pause, Math.max(pauseNanos, LONGEST_PAUSE.toNanos()));
    pauses++;
    phase = Phase.PAUSING;
    return tick(nanos);
  }

  private List<Action> to(Phase next, Action action) {
    phase = next;
    return List.of(action);
  }
}
