package io.sessionbridge.sessions;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A point in time on a host, by both of its clocks.
 *
 * @param time by the wall clock, which may jump by any amount
 * @param uptimeMillis since the host started, sleep included, which never jumps; empty if unknown
 * @param bootId the boot that the uptime belongs to; empty if unknown
 */
public record Moment(Instant time, OptionalLong uptimeMillis, Optional<String> bootId) {

  /** Reports that overtake each other differ by less uptime than this; a restart takes longer. */
  private static final long OVERTAKING_MILLIS = 60_000;

  public static Moment of(Instant time, long uptimeMillis) {
    return new Moment(time, OptionalLong.of(uptimeMillis), Optional.empty());
  }

  /** A point known only by the wall clock. */
  public static Moment of(Instant time) {
    return new Moment(time, OptionalLong.empty(), Optional.empty());
  }

  /** The moment of an event, from its fields. */
  public static Moment of(Instant time, EventData data) {
    Long uptime = data.get(Field.UPTIME_MS);
    return new Moment(
        time,
        uptime == null ? OptionalLong.empty() : OptionalLong.of(uptime),
        data.find(Field.BOOT_ID));
  }

  public Moment minus(Duration earlier) {
    return new Moment(
        time.minus(earlier),
        uptimeMillis.isPresent()
            ? OptionalLong.of(Math.max(0, uptimeMillis.getAsLong() - earlier.toMillis()))
            : uptimeMillis,
        bootId);
  }

  /**
   * This moment, by the wall clock as it was set at a later moment of the same boot. Computed from
   * the uptimes; empty if that is impossible.
   */
  public Optional<Moment> byClockOf(Moment later) {
    if (uptimeMillis.isEmpty() || later.uptimeMillis.isEmpty() || later.isAfterRestartSince(this)) {
      return Optional.empty();
    }
    long passed = later.uptimeMillis.getAsLong() - uptimeMillis.getAsLong();
    return Optional.of(new Moment(later.time.minusMillis(passed), uptimeMillis, bootId));
  }

  /** Whether the host restarted between the earlier moment and this one. */
  public boolean isAfterRestartSince(Moment earlier) {
    if (bootId.isPresent() && earlier.bootId.isPresent()) {
      return !bootId.equals(earlier.bootId);
    }
    return uptimeMillis.isPresent()
        && earlier.uptimeMillis.isPresent()
        && uptimeMillis.getAsLong() + OVERTAKING_MILLIS < earlier.uptimeMillis.getAsLong();
  }

  /**
   * The time since the earlier moment, for timeouts: by the uptime if both are known and of the
   * same boot, else by the wall clock. Not for durations in events. Negative if this moment is
   * earlier.
   */
  public long millisSince(Moment earlier) {
    boolean differentBoots =
        bootId.isPresent() && earlier.bootId.isPresent() && !bootId.equals(earlier.bootId);
    if (!differentBoots && uptimeMillis.isPresent() && earlier.uptimeMillis.isPresent()) {
      return uptimeMillis.getAsLong() - earlier.uptimeMillis.getAsLong();
    }
    return Duration.between(earlier.time, time).toMillis();
  }
}
