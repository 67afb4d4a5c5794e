package io.sessionbridge.cli.ask;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ask.IdleCourse.Host;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.session.LastInput;
import io.sessionbridge.windows.session.WindowsSessions;
import io.sessionbridge.windows.session.facts.SessionFacts;
import io.sessionbridge.windows.window.SessionListener;
import io.sessionbridge.windows.window.SessionNotifications;
import io.sessionbridge.windows.window.SessionScope;
import io.sessionbridge.windows.window.SessionWindow;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * This program's own session on Windows, without an agent: its lock messages and the time of its
 * last input. It does not see other sessions.
 */
final class SessionIdle implements IdleFollower {

  /** The polling interval for input, which has no message. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private record Change(Optional<SessionCode> code, long nanos) {}

  private final LinkedBlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final SessionNotifications window;
  private final SessionAbsence absence;
  private final Duration idleAfter;

  private SessionIdle(boolean locked, boolean disconnected, Duration idleAfter) {
    this.absence = new SessionAbsence(locked, disconnected, System.nanoTime());
    this.idleAfter = idleAfter;
    this.window = new SessionWindow("own-session", SessionScope.THIS, new Listener());
  }

  private final class Listener implements SessionListener {
    @Override
    public void changed(SessionChange change) {
      long now = System.nanoTime();
      changes.add(new Change(SessionCode.of(change.code()), now));
    }
  }

  /**
   * Starts to listen.
   *
   * @param idleAfter absence after which the session counts as idle
   * @throws CommandException if this session has no user, or Windows does not report its changes
   */
  static SessionIdle open(Duration idleAfter) throws CommandException {
    WindowsSessions sessions = new WindowsSessions();
    long own = sessions.own().orElse(0L);
    if (own == 0) {
      throw new CommandException("session 0 has no user; run when-idle in a user's session");
    }
    SessionFacts facts = sessions.find(own);
    SessionIdle idle =
        new SessionIdle(facts.station().locked().orElse(false), facts.isDisconnected(), idleAfter);
    boolean opened = false;
    try {
      LastInput.ago();
      idle.window.start();
      opened = true;
      return idle;
    } catch (WindowsException e) {
      throw new CommandException("cannot receive the changes of this session: " + e.getMessage());
    } finally {
      if (!opened) {
        idle.close();
      }
    }
  }

  @Override
  public Optional<Update> next(Duration atMost) throws InterruptedException, CommandException {
    Duration wait = atMost.compareTo(LOOK) < 0 ? atMost : LOOK;
    Change change = changes.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    if (change != null) {
      absence.changed(change.code(), change.nanos());
    }
    Optional<String> problem = window.problem();
    if (problem.isPresent()) {
      return Optional.of(new Update(Host.UNKNOWN, Duration.ZERO, problem.get()));
    }
    try {
      Duration absent = absence.absentFor(LastInput.ago(), System.nanoTime());
      boolean idle = absent.compareTo(idleAfter) >= 0;
      return Optional.of(new Update(idle ? Host.IDLE : Host.NOT_IDLE, absent, ""));
    } catch (WindowsException e) {
      return Optional.of(new Update(Host.UNKNOWN, Duration.ZERO, String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void close() {
    window.close();
  }
}
