package io.sessionbridge.sessions.history;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
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

  /** The longest delay of the first presence report after a registration. */
  private static final long PRESENCE_IS_TOLD = 100;

  private Optional<Boolean> present = Optional.empty();
  private boolean film;
  private boolean unknown;

  /** Whether it is unknown for no other reason than that a screen saver may run. */
  private boolean mayBeSaved;

  /** Whether a session may be in use, as far as anybody knows. */
  private boolean neverIdle;

  private boolean inUse;
  private Set<TrueSession> usedSessions = Set.of();
  private boolean surelyIdle;
  private Set<Activity> before = EnumSet.of(Activity.UNKNOWN);

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
    openUntil = at + IDLE_AFTER + PRESENCE_IS_TOLD;
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

  /** Applies the reported state of the sessions. */
  void sessions(Collection<Known> sessions, long at) {
    remember(at);
    Set<TrueSession> nowUsed = new HashSet<>();
    sessions.stream()
        .filter(known -> known.inUse().equals(Optional.of(true)))
        .forEach(known -> nowUsed.add(known.session()));
    boolean used = !nowUsed.isEmpty();
    boolean nowUnknown = sessions.stream().anyMatch(known -> known.inUse().isEmpty());
    if (unknown && !nowUnknown) {
      noneSince = at;
      openUntil = Math.max(openUntil, at + IDLE_AFTER);
    }
    unknown = nowUnknown;
    List<Known> doubtful = sessions.stream().filter(each -> each.inUse().isEmpty()).toList();
    mayBeSaved = doubtful.stream().allMatch(Known::mayBeSaved);
    neverIdle = !used && doubtful.stream().anyMatch(Known::mayBeLocked);
    if (!usedSessions.containsAll(nowUsed)) {
      inUseSince = at;
      surelyIdle = false;
    }
    usedSessions = nowUsed;
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

  /** The possible activities at the moment, given all reports so far. */
  Set<Activity> at(long at) {
    remember(at);
    Set<Activity> now = EnumSet.copyOf(judge(at));
    boolean waits = !unknown && !surelyActive() && at < surelyIdleAt() && !comesIntoUse(at);
    if (waits) {
      now.addAll(before); // until the wait ends it stays what it was
    }
    before = now;
    return now;
  }

  private boolean comesIntoUse(long at) {
    return inUse && at == inUseSince;
  }

  private Set<Activity> judge(long at) {
    if (unknown) {
      boolean idle = !neverIdle && !(mayBeSaved && present.equals(Optional.of(true)));
      return idle ? EnumSet.allOf(Activity.class) : EnumSet.of(Activity.ACTIVE, Activity.UNKNOWN);
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
    if (at < possiblyIdleAt() || comesIntoUse(at)) {
      return EnumSet.of(Activity.ACTIVE);
    }
    return EnumSet.of(Activity.ACTIVE, Activity.IDLE);
  }
}
