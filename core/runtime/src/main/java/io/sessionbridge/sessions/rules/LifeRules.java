package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.state.Condition;
import io.sessionbridge.sessions.state.Life;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.SleepClock;
import io.sessionbridge.sessions.state.Stopwatch;
import io.sessionbridge.sessions.state.Turn;
import io.sessionbridge.spi.LifeState;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The effects of an event on a session and its life, and the durations that it ends. */
public final class LifeRules {

  /** A lock within this time after the end of a screen saver began with the screen saver. */
  private static final long SCREEN_SAVER_GRACE_MILLIS = 5_000;

  private static final Set<Kind> DISCONNECTS =
      EnumSet.of(Kind.CONSOLE_DISCONNECT, Kind.REMOTE_DISCONNECT);

  private static final Set<Kind> CONNECTS = EnumSet.of(Kind.CONSOLE_CONNECT, Kind.REMOTE_CONNECT);

  /** Only possible in a session with a user. */
  private static final Set<Kind> PROVE_A_USER =
      EnumSet.of(
          Kind.LOCK,
          Kind.UNLOCK,
          Kind.SHELL_START,
          Kind.DESKTOP_READY,
          Kind.SCREENSAVER_START,
          Kind.SCREENSAVER_STOP);

  /** Logon types that do not make their user the session's owner. */
  private static final Set<String> OTHER_LOGONS =
      Set.of(
          "network",
          "batch",
          "service",
          "proxy",
          "network_cleartext",
          "new_credentials",
          "unlock",
          "cached_unlock");

  /** Station states without a logged-on user. */
  private static final Set<String> NOBODY_LOGGED_ON =
      Set.of("connected", "connect_query", "idle", "listen", "reset", "down", "init");

  private LifeRules() {}

  static boolean isConnect(Kind kind) {
    return CONNECTS.contains(kind);
  }

  static boolean isDisconnect(Kind kind) {
    return DISCONNECTS.contains(kind);
  }

  static boolean provesUser(Kind kind) {
    return PROVE_A_USER.contains(kind);
  }

  /** Whether it is a logon that makes its user the session's owner. */
  static boolean isOwnersLogon(EventData data) {
    String type = data.get(Field.LOGON_TYPE);
    return data.kind() == Kind.LOGON && (type == null || !OTHER_LOGONS.contains(type));
  }

  /** Whether the reported state allows a logged-on user; one may only be about to log on. */
  public static boolean saysLoggedOn(EventData data) {
    String state = data.get(Field.SESSION_STATE);
    return state == null || !NOBODY_LOGGED_ON.contains(state);
  }

  public static boolean saysNobodyLoggedOn(EventData data) {
    String state = data.get(Field.SESSION_STATE);
    return state != null && NOBODY_LOGGED_ON.contains(state);
  }

  /**
   * The known station state after an event. Any program can post one, so an event that the system
   * does not confirm has no effect on the connection and the lock.
   */
  public static Condition conditionAfter(Condition before, EventData data) {
    Kind kind = data.kind();
    boolean believed = !Objects.equals(data.get(Field.CONFIRMED), false);
    return new Condition(
        connectedAfter(before, data, believed ? kind : Kind.OTHER),
        lockedAfter(before, data, believed ? kind : Kind.OTHER),
        remoteAfter(before, data),
        screenSaverAfter(before, kind));
  }

  private static @Nullable Boolean connectedAfter(Condition before, EventData data, Kind kind) {
    if (isConnect(kind) || kind == Kind.LOGON) {
      return true;
    }
    if (isDisconnect(kind)) {
      return false;
    }
    Boolean reported = connected(data.get(Field.SESSION_STATE));
    if (reported != null && (kind != Kind.SESSION_CREATE || before.connected() == null)) {
      return reported;
    }
    boolean shown = before.connected() == null && provesUser(kind);
    return shown ? Boolean.TRUE : before.connected();
  }

  private static @Nullable Boolean connected(@Nullable String state) {
    if (state == null) {
      return null;
    }
    return switch (state) {
      case "active", "connected", "shadow" -> true;
      case "disconnected" -> false;
      default -> null;
    };
  }

  private static @Nullable Boolean lockedAfter(Condition before, EventData data, Kind kind) {
    if (kind == Kind.LOCK) {
      return true;
    }
    if (kind == Kind.UNLOCK || kind == Kind.LOGON) {
      return false;
    }
    Boolean reported = data.get(Field.LOCKED);
    if (reported != null) {
      return reported;
    }
    boolean isBack = isConnect(kind) && !Objects.equals(before.connected(), true);
    return isDisconnect(kind) || isBack ? null : before.locked(); // signing in again follows
  }

  private static @Nullable Boolean remoteAfter(Condition before, EventData data) {
    if (isConnect(data.kind())) {
      return data.kind() == Kind.REMOTE_CONNECT;
    }
    Boolean reported = data.get(Field.REMOTE);
    return reported == null ? before.remote() : reported;
  }

  private static boolean screenSaverAfter(Condition before, Kind kind) {
    if (kind == Kind.SCREENSAVER_START) {
      return true;
    }
    boolean ends =
        kind == Kind.SCREENSAVER_STOP
            || kind == Kind.UNLOCK
            || kind == Kind.LOGON
            || isDisconnect(kind);
    return !ends && before.screenSaver();
  }

  /**
   * Applies an event to a session whose user it may concern, and adds the durations that it ends.
   *
   * @param out the event as it is written
   * @return the session afterwards; its last event and its reports stay unchanged
   */
  public static Session turn(
      Session session, EventData data, Turn turn, SleepClock sleep, EventData.Builder out) {
    Kind kind = data.kind();
    if (kind == Kind.LOGOFF || kind == Kind.SESSION_TERMINATE) {
      return end(session, kind, turn, sleep, out);
    }
    Condition after = conditionAfter(session.condition(), data);
    Life life = session.life();
    if (life == null) {
      return session.withCondition(after.withLocked(null).withScreenSaver(false));
    }
    boolean ran = session.condition().screenSaver();
    if (ran && !after.screenSaver()) {
      if (kind != Kind.UNLOCK) {
        life.addScreenSaver(turn, out);
      }
      life = life.withScreenSaverFrom(Turn.UNKNOWN);
    }
    if (!ran && after.screenSaver()) {
      life = life.withScreenSaverFrom(turn.exact());
    }
    return session.withLife(turnedLife(life, kind, after, turn, sleep, out)).withCondition(after);
  }

  private static Life turnedLife(
      Life life, Kind kind, Condition after, Turn turn, SleepClock sleep, EventData.Builder out) {
    LifeState next = after.state();
    Stopwatch watch = life.watch();
    if (next == watch.state()) {
      return life;
    }
    if (kind == Kind.LOCK && next == LifeState.LOCKED) {
      Stopwatch earlier = watch.lockedWithScreenSaver(turn, SCREEN_SAVER_GRACE_MILLIS);
      if (earlier != null) {
        return life.withWatch(earlier);
      }
    }
    watch.addStretch(turn, out);
    return life.turned(next, turn, sleep);
  }

  private static Session end(
      Session session, Kind kind, Turn turn, SleepClock sleep, EventData.Builder out) {
    Life life = session.life();
    if (life != null) {
      life.addTotals(turn, sleep, out);
    }
    Session.Phase phase =
        kind == Kind.SESSION_TERMINATE ? Session.Phase.TERMINATED : Session.Phase.CLOSED;
    return session
        .withLife(null)
        .withPhase(session.phase() == Session.Phase.TERMINATED ? session.phase() : phase)
        .withCondition(session.condition().withLocked(null).withScreenSaver(false));
  }
}
