package io.sessionbridge.sessions.history;

import java.util.List;
import java.util.Map;

/**
 * The durations that an event carries.
 *
 * @param known what is known of its session before it
 * @param sleeps of the machine
 */
record Lengths(Known known, List<Tape.Sleep> sleeps) {

  /** Adds those that the event must or may have. */
  void addTo(Obligation event, What what, long at) {
    if (known.over()) {
      addTotals(event, at, false);
      return;
    }
    if (!known.alive()) {
      return;
    }
    for (Category category : Category.values()) {
      if (category != Category.ASLEEP) {
        event.with(category.last(), anything(at));
      }
    }
    switch (what) {
      case UNLOCK -> event.with(Category.LOCKED.last(), known.lockedFor(at));
      case CONSOLE_CONNECT, REMOTE_CONNECT ->
          event.with(Category.DISCONNECTED.last(), known.disconnectedFor(at));
      case SAVER_STOP -> event.with(Category.SCREENSAVER.last(), known.savedFor(at));
      case LOCK -> {
        Seconds active = known.tape().stretch(Category.ACTIVE, at);
        event.with(Category.ACTIVE.last(), known.isSaversLock(at) ? active.optional() : active);
      }
      case CONSOLE_DISCONNECT, REMOTE_DISCONNECT, SAVER_START, LOGOFF ->
          event.with(Category.ACTIVE.last(), known.tape().stretch(Category.ACTIVE, at));
      default -> event.durations().clear();
    }
    if (what == What.LOGOFF) {
      addTotals(event, at, true);
    }
  }

  /** Adds those of a missed end in between. */
  void addToEnd(Obligation event, long least, long most) {
    for (Category category : Category.values()) {
      event.with(category.last(), anything(most));
      event.with(category.total(), anything(most));
    }
    event.durations().remove(Category.ASLEEP.last());
    event.with(
        "session_seconds", Seconds.between(known.life(least).least(), known.life(most).most()));
  }

  private void addTotals(Obligation event, long at, boolean required) {
    Seconds life = known.life(at);
    event.with("session_seconds", required ? life : life.optional());
    for (Map.Entry<Category, Seconds> total : known.tape().totals(at, sleeps).entrySet()) {
      Seconds seconds = total.getValue();
      event.with(total.getKey().total(), required ? seconds : seconds.optional());
    }
  }

  private Seconds anything(long at) {
    return Seconds.between(0, known.life(at).most());
  }
}
