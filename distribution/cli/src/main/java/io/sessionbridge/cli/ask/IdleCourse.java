package io.sessionbridge.cli.ask;

import java.time.Duration;
import java.util.List;

/**
 * Decides when to start, hold and stop a command that may run only while the host is idle. Pure:
 * takes events with their times and returns the actions. One thread.
 *
 * <table>
 * <caption>The actions by phase and event</caption>
 * <tr><th></th><th>host idle</th><th>host not idle</th><th>command ended</th><th>Ctrl+C</th></tr>
 * <tr><td>waiting</td><td>start</td><td></td><td></td><td>end</td></tr>
 * <tr><td>running</td><td></td><td>stop, or hold</td><td>clean, end</td><td>stop</td></tr>
 * <tr><td>held</td><td>release</td><td></td><td>clean, end</td><td>stop</td></tr>
 * <tr><td>stopping</td><td></td><td></td><td>clean, wait or end</td><td>kill</td></tr>
 * </table>
 *
 * <p>A command never runs twice at the same time: it is restarted only after its whole process tree
 * has ended.
 */
final class IdleCourse {

  /** The known state of the host. */
  enum Host {
    IDLE,
    /** Idle before the agent started, and not judged since: nothing starts or stops. */
    WAS_IDLE,
    NOT_IDLE,
    /** Unknown to the agent; counts as not idle. */
    UNKNOWN,
    /** The agent does not answer, for instance during its restart. */
    NO_AGENT
  }

  /** An action to take. */
  enum Action {
    START,
    /** Ask the process tree to end. */
    STOP,
    /** Kill the rest of the process tree, including processes that outlived the command. */
    KILL,
    /** Suspend or lower, as configured. */
    HOLD,
    /** Undo {@link #HOLD}. */
    RELEASE,
    /** Exit. */
    END
  }

  enum Phase {
    WAITING,
    RUNNING,
    HELD,
    STOPPING,
    KILLED,
    OVER
  }

  /** How long a running command survives the absence of the agent, for a restart. */
  static final Duration AGENT_PATIENCE = Duration.ofSeconds(30);

  private final OnReturn onReturn;
  private final boolean restart;
  private final long graceNanos;
  private final long idleAfterNanos;

  private Phase phase = Phase.WAITING;
  private Host host = Host.NO_AGENT;
  private long idleFrom;
  private long awayFrom;
  private long stopAt;
  private boolean interrupted;

  /**
   * Starts in the waiting phase.
   *
   * @param restart whether it waits for the next idle time after it stopped the command
   * @param grace between STOP and KILL
   * @param idleAfter how long the host must have been idle
   */
  IdleCourse(OnReturn onReturn, boolean restart, Duration grace, Duration idleAfter) {
    this.onReturn = onReturn;
    this.restart = restart;
    this.graceNanos = grace.toNanos();
    this.idleAfterNanos = idleAfter.toNanos();
  }

  Phase phase() {
    return phase;
  }

  /**
   * Handles an update of the host's state.
   *
   * @param idleFor how long it has been idle, if it is
   */
  List<Action> changed(Host now, Duration idleFor, long nanos) {
    if (now == Host.IDLE || now == Host.WAS_IDLE) {
      idleFrom = nanos - idleFor.toNanos();
    }
    if (now == Host.NO_AGENT && host != Host.NO_AGENT) {
      awayFrom = nanos;
    }
    host = now;
    return tick(nanos);
  }

  /** Handles the passing of time. */
  List<Action> tick(long nanos) {
    return switch (phase) {
      case WAITING -> mayStart(nanos) ? to(Phase.RUNNING, Action.START) : List.of();
      case RUNNING -> mustLeave(nanos) ? leave(nanos) : List.of();
      case HELD -> host == Host.IDLE ? to(Phase.RUNNING, Action.RELEASE) : List.of();
      case STOPPING -> nanos - stopAt >= graceNanos ? to(Phase.KILLED, Action.KILL) : List.of();
      case KILLED, OVER -> List.of();
    };
  }

  private boolean mayStart(long nanos) {
    return host == Host.IDLE && nanos - idleFrom >= idleAfterNanos;
  }

  private boolean mustLeave(long nanos) {
    return switch (host) {
      case IDLE, WAS_IDLE -> false;
      case NOT_IDLE, UNKNOWN -> true;
      case NO_AGENT -> nanos - awayFrom >= AGENT_PATIENCE.toNanos();
    };
  }

  private List<Action> leave(long nanos) {
    return onReturn == OnReturn.STOP ? stop(nanos) : to(Phase.HELD, Action.HOLD);
  }

  /** Also resumes a held command, which could not end otherwise. */
  private List<Action> stop(long nanos) {
    stopAt = nanos;
    boolean held = phase == Phase.HELD;
    phase = Phase.STOPPING;
    return held ? List.of(Action.STOP, Action.RELEASE) : List.of(Action.STOP);
  }

  /** Handles a failure to suspend or lower the command: it must stop. */
  List<Action> cannotHold(long nanos) {
    return phase == Phase.HELD ? stop(nanos) : List.of();
  }

  /** Handles the end of the command's own process; others of its tree may remain. */
  List<Action> ended() {
    return switch (phase) {
      case RUNNING, HELD -> {
        phase = Phase.OVER;
        yield List.of(Action.KILL, Action.END);
      }
      case STOPPING, KILLED -> {
        if (restart && !interrupted) {
          phase = Phase.WAITING;
          yield List.of(Action.KILL);
        }
        phase = Phase.OVER;
        yield List.of(Action.KILL, Action.END);
      }
      case WAITING, OVER -> List.of();
    };
  }

  /** Handles processes that cannot be killed: gives up, since waiting would not help. */
  List<Action> cannotKill() {
    return to(Phase.OVER, Action.END);
  }

  /** Handles a failure to start the command: gives up, since a retry would not help. */
  List<Action> cannotStart() {
    return to(Phase.OVER, Action.END);
  }

  /** Handles an interrupt: the first one stops the command, the second one kills it. */
  List<Action> interrupted(long nanos) {
    interrupted = true;
    return switch (phase) {
      case WAITING -> to(Phase.OVER, Action.END);
      case RUNNING, HELD -> stop(nanos);
      case STOPPING -> to(Phase.KILLED, Action.KILL);
      case KILLED, OVER -> List.of();
    };
  }

  private List<Action> to(Phase next, Action action) {
    phase = next;
    return List.of(action);
  }
}
