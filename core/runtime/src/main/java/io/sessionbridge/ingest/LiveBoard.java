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
 * What is known now of this host: its sessions and its activity as the tracker has them, as far as
 * that is durable, and its condition. A replayed file is history and does not show.
 */
public final class LiveBoard implements StateBoard {

  private final Clock clock;
  private final Supplier<Health> health;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile HostCondition condition = HostCondition.UNKNOWN;
  private volatile @Nullable Shown shown;

  /** Sessions, and the place in the journal up to which they are known. */
  private record Shown(HostSessions own, long sequence) {}

  /**
   * Makes an empty board.
   *
   * @param health the agent's; any thread
   */
  public LiveBoard(Clock clock, Supplier<Health> health) {
    this.clock = clock;
    this.health = health;
  }

  /** Calls the listener after each change, in the thread that made it; it must not block. */
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
        own.lastMoment().map(told -> own.activity()),
        own.use(),
        own.isJudged(),
        now.sequence());
  }

  /** What the sessions come to at this moment. Any thread. */
  public HostUse use() {
    return own().map(HostSessions::use).orElse(HostUse.UNKNOWN);
  }

  /** Whether the activity was judged in this run of the agent. Any thread. */
  public boolean isJudged() {
    return own().map(HostSessions::isJudged).orElse(false);
  }

  private static SessionState state(SessionView view) {
    Optional<LifeState> state =
        Optional.of(view.state()).filter(told -> view.hasLife() && told != LifeState.UNKNOWN);
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
        state.map(told -> view.since()));
  }

  /** The durable state of the sessions; empty before it was shown. */
  Optional<HostSessions> own() {
    return Optional.ofNullable(shown).map(Shown::own);
  }

  /** Takes in how the machine is. */
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
   * Takes in the durable state of the sessions; if it is another one, {@link #changed} is to
   * follow.
   *
   * @param sequence the place in the journal up to which it is known
   */
  void show(HostSessions durable, long sequence) {
    shown = new Shown(durable, sequence);
  }

  /** Tells the listeners. */
  void changed() {
    listeners.forEach(Runnable::run);
  }
}
