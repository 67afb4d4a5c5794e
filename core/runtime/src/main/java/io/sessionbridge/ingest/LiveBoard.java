package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.spi.StateBoard;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What is known now of this host: each session as last reported. Only live observations count; a
 * replayed file is history.
 */
public final class LiveBoard implements StateBoard {

  private final Clock clock;
  private final Supplier<Health> health;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final TreeMap<Long, SessionState> sessions = new TreeMap<>();
  private HostCondition condition = HostCondition.UNKNOWN;

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
    synchronized (sessions) {
      return new HostState(clock.now(), healthNow, List.copyOf(sessions.values()), condition);
    }
  }

  /** Takes in how the machine is. */
  void note(HostCondition noted) {
    synchronized (sessions) {
      HostCondition before = condition;
      condition = before.updatedBy(noted);
      if (condition.equals(before)) {
        return;
      }
    }
    listeners.forEach(Runnable::run);
  }

  /** Takes in an observation, in the order of the journal. */
  void apply(Observation seen) {
    Long id = seen.data().get(Field.SESSION_ID);
    if (!seen.live() || id == null || seen.data().kind().subject() != Kind.Subject.SESSION) {
      return;
    }
    synchronized (sessions) {
      Kind kind = seen.data().kind();
      if (kind == Kind.LOGOFF || kind == Kind.SESSION_TERMINATE) {
        sessions.remove(id);
      } else {
        sessions.put(id, next(id, Optional.ofNullable(sessions.get(id)), seen));
      }
    }
    listeners.forEach(Runnable::run);
  }

  /** Whether it says something of its session that the board does not show. */
  boolean isNews(Observation seen) {
    Long id = seen.data().get(Field.SESSION_ID);
    if (id == null) {
      return false;
    }
    synchronized (sessions) {
      SessionState before = sessions.get(id);
      return before == null || !sameButForTheLast(before, next(id, Optional.of(before), seen));
    }
  }

  private static boolean sameButForTheLast(SessionState one, SessionState other) {
    return one.userName().equals(other.userName())
        && one.userDomain().equals(other.userDomain())
        && one.locked().equals(other.locked())
        && one.connected().equals(other.connected());
  }

  private static SessionState next(long id, Optional<SessionState> before, Observation seen) {
    EventData data = seen.data();
    Kind kind = data.kind();
    return new SessionState(
        id,
        data.find(Field.USER_NAME).or(() -> before.flatMap(SessionState::userName)),
        data.find(Field.USER_DOMAIN).or(() -> before.flatMap(SessionState::userDomain)),
        believed(data, locked(kind))
            .or(() -> data.find(Field.LOCKED))
            .or(() -> before.flatMap(SessionState::locked)),
        believed(data, connected(kind))
            .or(() -> data.find(Field.SESSION_STATE).flatMap(LiveBoard::connected))
            .or(() -> before.flatMap(SessionState::connected)),
        kind,
        seen.time());
  }

  /** Anybody can post a message; what the system denies does not change the board. */
  private static Optional<Boolean> believed(EventData data, Optional<Boolean> said) {
    return data.find(Field.CONFIRMED).orElse(true) ? said : Optional.empty();
  }

  private static Optional<Boolean> connected(String state) {
    return switch (state) {
      case "active", "connected" -> Optional.of(true);
      case "disconnected" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Boolean> locked(Kind kind) {
    return switch (kind) {
      case LOCK -> Optional.of(true);
      case UNLOCK, LOGON -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Boolean> connected(Kind kind) {
    return switch (kind) {
      case CONSOLE_CONNECT, REMOTE_CONNECT -> Optional.of(true);
      case CONSOLE_DISCONNECT, REMOTE_DISCONNECT -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
