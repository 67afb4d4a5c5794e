package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.sessions.HostSessions;
import io.sessionbridge.sessions.SessionView;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.HostUse;
import io.sessionbridge.spi.LifeState;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.spi.StateBoard;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The current state of this host: its durable sessions and activity from the tracker, and its
 * condition. Replayed events are history and do not change it.
 */
public final class LiveBoard implements StateBoard {

  private final Clock clock;
  private final Supplier<Health> health;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile HostCondition condition = HostCondition.UNKNOWN;
  private volatile @Nullable Shown shown;

  /** Sessions, and the sequence up to which they are known. */
  private record Shown(HostSessions own, long sequence) {}

  /**
   * Creates an empty board.
   *
   * @param health of the agent; called by any thread
   */
  public LiveBoard(Clock clock, Supplier<Health> health) {
    this.clock = clock;
    this.health = health;
  }

  /** Calls the listener after each change, on the thread that made it; it must not block. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public HostState now() {
    Health healthNow = health.get();
    Shown now = shown;
    if (now == null) {
      return new HostState(clock.now(), healthNow, List.of(), condition);
    }
    HostSessions own = now.own();
    return new HostState(
        clock.now(),
        healthNow,
        own.sessions().stream().map(LiveBoard::state).toList(),
        condition,
        own.lastMoment().map(moment -> own.activity()),
        own.use(),
        own.isJudged(),
        now.sequence());
  }

  /** How the host is used now. Thread-safe. */
  public HostUse use() {
    return own().map(HostSessions::use).orElse(HostUse.UNKNOWN);
  }

  /** Whether the activity was determined in this run of the agent. Thread-safe. */
  public boolean isJudged() {
    return own().map(HostSessions::isJudged).orElse(false);
  }

  private static SessionState state(SessionView view) {
    Optional<LifeState> state =
        Optional.of(view.state()).filter(known -> view.hasLife() && known != LifeState.UNKNOWN);
    return new SessionState(
        view.sessionId(),
        view.userName(),
        view.userDomain(),
        view.locked(),
        view.connected(),
        view.lastKind(),
        view.lastTime(),
        Optional.of(view.key()),
        state,
        state.map(known -> view.since()));
  }

  /** The durable state of the sessions; empty before the first {@link #show}. */
  Optional<HostSessions> own() {
    return Optional.ofNullable(shown).map(Shown::own);
  }

  /** Updates the machine's condition. */
  void note(HostCondition noted) {
    synchronized (this) {
      HostCondition before = condition;
      condition = before.updatedBy(noted);
      if (condition.equals(before)) {
        return;
      }
    }
    changed();
  }

  /**
   * Sets the durable state of the sessions. If it changed, the caller calls {@link #changed} next.
   *
   * @param sequence the sequence up to which it is known
   */
  void show(HostSessions durable, long sequence) {
    shown = new Shown(durable, sequence);
  }

  /** Notifies the listeners. */
  void changed() {
    listeners.forEach(Runnable::run);
  }
}
