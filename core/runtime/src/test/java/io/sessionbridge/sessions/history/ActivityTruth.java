package io.sessionbridge.sessions.history;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Whether somebody is there, by the table of DESIGN.md section 7. Where the table leaves room (how
 * a wait goes on after a sleep or a restart), every answer that it allows is allowed.
 */
final class ActivityTruth {

  enum Activity {
    IDLE,
    ACTIVE,
    UNKNOWN
  }

  static final long IDLE_AFTER = 300_000;

  private Optional<Boolean> present = Optional.empty();
  private boolean film;
  private boolean unknown;
  private boolean inUse;
  private boolean surelyIdle;

  /** Until then a restart or a sleep leaves it open. */
  private long openUntil;

  private long noneSince;
  private long inUseSince;
  private long absentSince;
  private long filmEnd;
  private long activeUntil;

  /** The agent starts, and what it knew may be old. */
  void started(long at) {
    present = Optional.empty();
    film = false;
    surelyIdle = false;
    restarts(at);
  }

  /** The machine slept, and waits may begin again. */
  void resumed(long at) {
    surelyIdle = false;
    restarts(at);
  }

  private void restarts(long at) {
    openUntil = at + IDLE_AFTER;
    noneSince = at;
    inUseSince = at;
    absentSince = at;
    activeUntil = at;
  }

  void noted(Optional<Boolean> nowPresent, Optional<Boolean> nowFilm, long at) {
    remember(at);
    if (nowPresent.equals(Optional.of(false)) && !present.equals(nowPresent)) {
      absentSince = at;
    }
    present = nowPresent.or(() -> present);
    if (nowFilm.isPresent()) {
      if (film && !nowFilm.get()) {
        filmEnd = at;
      }
      film = nowFilm.get();
    }
  }

  /** Takes in the sessions as they are told to be. */
  void sessions(Collection<Known> sessions, long at) {
    remember(at);
    boolean used = sessions.stream().anyMatch(known -> known.inUse().equals(Optional.of(true)));
    unknown = sessions.stream().anyMatch(known -> known.inUse().isEmpty());
    if (used && !inUse) {
      inUseSince = at;
    }
    if (!used && inUse) {
      noneSince = at;
    }
    inUse = used;
  }

  /** Notes that somebody was active until now. */
  private void remember(long at) {
    if (surelyActive()) {
      activeUntil = at;
      surelyIdle = false;
    } else if (at >= surelyIdleAt()) {
      surelyIdle = true;
    }
    if (unknown) {
      surelyIdle = false;
    }
  }

  private boolean surelyActive() {
    return inUse && (present.equals(Optional.of(true)) || present.isPresent() && film);
  }

  /** The moments around which a wait ends: not idle just before the one, idle at the other. */
  LongStream deadlines() {
    if (surelyActive() || unknown) {
      return LongStream.empty();
    }
    return LongStream.of(possiblyIdleAt() - 1, surelyIdleAt());
  }

  private long possiblyIdleAt() {
    return inUse ? Math.max(absentSince + IDLE_AFTER, filmEnd) : activeUntil + IDLE_AFTER;
  }

  private long surelyIdleAt() {
    if (unknown || surelyActive() || inUse && present.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long waits = noneSince;
    if (inUse) {
      waits = Math.max(Math.max(absentSince, inUseSince), filmEnd);
    }
    return waits + IDLE_AFTER;
  }

  /** What it may be at the moment, after all that was told until then. */
  Set<Activity> at(long at) {
    remember(at);
    if (unknown) {
      return EnumSet.allOf(Activity.class);
    }
    if (surelyActive()) {
      return EnumSet.of(Activity.ACTIVE);
    }
    if (inUse && present.isEmpty()) {
      return at < openUntil ? EnumSet.allOf(Activity.class) : EnumSet.of(Activity.UNKNOWN);
    }
    if (at >= surelyIdleAt()) {
      return EnumSet.of(Activity.IDLE);
    }
    if (at < openUntil || surelyIdle) {
      return EnumSet.allOf(Activity.class);
    }
    if (at < possiblyIdleAt() || at == inUseSince && inUse) {
      return EnumSet.of(Activity.ACTIVE);
    }
    return EnumSet.of(Activity.ACTIVE, Activity.IDLE);
  }
}
