package io.sessionbridge.sink.kafka;

import io.sessionbridge.event.SessionEvent;
import java.time.Duration;

/**
 * Chooses the time stamp of each record.
 *
 * <p>A broker refuses records that are older or newer than {@code message.timestamp.before.max.ms}
 * and {@code .after.max.ms} allow, together with the other records of the request. If that happened
 * in the middle of a batch, later events would already be in the topic. So an event whose age
 * exceeds everything accepted so far is first sent alone. The broker's answer then applies to
 * everything at least as old (or as new), until the next connection.
 *
 * <p>For use by one thread. Ages are in milliseconds, negative if the event is in the future.
 */
final class RecordTimes {

  /** Every sensible broker accepts this, so that live events never need to be sent alone. */
  private static final long ACCEPTED_ANYWAY = Duration.ofMinutes(1).toMillis();

  private final TimestampMode mode;
  private long now;
  private long oldestAccepted;
  private long newestAccepted;
  private long oldestRefused;
  private long newestRefused;

  RecordTimes(TimestampMode mode) {
    this.mode = mode;
    forget();
  }

  /** Forgets what the broker accepts and refuses: its settings may have changed. */
  void forget() {
    oldestAccepted = ACCEPTED_ANYWAY;
    newestAccepted = -ACCEPTED_ANYWAY;
    oldestRefused = Long.MAX_VALUE;
    newestRefused = Long.MIN_VALUE;
  }

  /**
   * Sets the present time for the following calls.
   *
   * @param present milliseconds since 1970
   */
  void begin(long present) {
    now = present;
  }

  /** The time stamp for the event's record. */
  long choose(SessionEvent event) {
    return ownTime(event) ? event.time().toEpochMilli() : now;
  }

  /** True if the record gets the event's time, which the broker may refuse. */
  boolean ownTime(SessionEvent event) {
    if (mode == TimestampMode.SENT) {
      return false;
    }
    long time = event.time().toEpochMilli();
    long age = now - time;
    return time >= 0 && age < oldestRefused && age > newestRefused;
  }

  /** False if no event is ever {@link #uncertain}. */
  boolean mayBeUncertain() {
    return mode != TimestampMode.SENT;
  }

  /** True if the record gets the present time instead of the event's. */
  boolean moved(SessionEvent event) {
    return mode == TimestampMode.EVENT && !ownTime(event);
  }

  /** True if it is not known yet whether the broker accepts the time of this event's record. */
  boolean uncertain(SessionEvent event) {
    if (!ownTime(event)) {
      return false;
    }
    long age = now - event.time().toEpochMilli();
    return age > oldestAccepted || age < newestAccepted;
  }

  /** The broker accepted the record. */
  void accepted(SessionEvent event) {
    if (!ownTime(event)) {
      return;
    }
    long age = now - event.time().toEpochMilli();
    oldestAccepted = Math.max(oldestAccepted, age);
    newestAccepted = Math.min(newestAccepted, age);
  }

  /** The broker refused the event's own time. */
  void refused(SessionEvent event) {
    long age = now - event.time().toEpochMilli();
    if (age >= 0) {
      oldestRefused = Math.min(oldestRefused, age);
      return;
    }
    newestRefused = Math.max(newestRefused, age);
  }
}
