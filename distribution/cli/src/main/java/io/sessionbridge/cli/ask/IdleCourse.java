package io.sessionbridge.cli.ask;

import java.time.Duration;
import java.util.List;

/**
 * When a command that is to run only while the host is idle is started, held and stopped. Pure: it
 * is told what happened and when, and answers what is to be done. One thread.
 *
 * <table>
 * <caption>What happens in which phase</caption>
 * <tr><th></th><th>host idle</th><th>host not idle</th><th>command ended</th><th>Ctrl+C</th></tr>
 * <tr><td>waiting</td><td>start</td><td></td><td></td><td>end</td></tr>
 * <tr><td>running</td><td></td><td>stop, or hold</td><td>clean, end</td><td>stop</td></tr>
 * <tr><td>held</td><td>release</td><td></td><td>clean, end</td><td>stop</td></tr>
 * <tr><td>stopping</td><td></td><td></td><td>clean, wait or end</td><td>kill</td></tr>
 * </table>
 *
 * <p>A command never runs twice at the same time: it is started anew only once its whole tree is
 * gone.
 */
final class IdleCourse {

  /** What is known of the host. */
  enum Host {
    IDLE,
    /** It was before the agent started, and was not judged since: nothing starts or stops. */
    WAS_IDLE,
    NOT_IDLE,
    /** The agent does not know it: that is not idle. */
    UNKNOWN,
    /** The agent does not answer, as while it restarts. */
    NO_AGENT
  }

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
    RELEASE,
    /** Everything is over. */
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

  /** An agent that restarts is away for seconds; a running command need not suffer from that. */
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
   * A course that waits.
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
   * The host became so, or is said to be.
   *
   * @param idleFor how long it has been idle, where it is
   */
  List<Action> told(Host now, Duration idleFor, long nanos) {
    if (now == Host.IDLE || now == Host.WAS_IDLE) {
      idleFrom = nanos - idleFor.toNanos();
    }
    if (now == Host.NO_AGENT && host != Host.NO_AGENT) {
      awayFrom = nanos;
    }
    host = now;
    return tick(nanos);
  }

  /** Time has passed. */
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

  /** A command that stands still could not end. */
  private List<Action> stop(long nanos) {
    stopAt = nanos;
    boolean held = phase == Phase.HELD;
    phase = Phase.STOPPING;
    return held ? List.of(Action.STOP, Action.RELEASE) : List.of(Action.STOP);
  }

  /** It was not possible to suspend or to lower the command: then it must stop. */
  List<Action> cannotHold(long nanos) {
    return phase == Phase.HELD ? stop(nanos) : List.of();
  }

  /** The command's own process has ended; others of its tree may be left. */
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

  /** What is left of the tree cannot be ended: waiting for it would not end either. */
  List<Action> cannotKill() {
    return to(Phase.OVER, Action.END);
  }

  /** The command could not be started: trying again would not help. */
  List<Action> cannotStart() {
    return to(Phase.OVER, Action.END);
  }

  /** Somebody wants all of this to end: once asks, twice kills. */
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
