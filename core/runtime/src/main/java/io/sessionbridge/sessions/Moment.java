package io.sessionbridge.sessions;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A point in a host's time, by both of its clocks.
 *
 * @param time by the wall clock, which may jump by years
 * @param uptimeMillis since the host started, sleep included, which never jumps; empty if unknown
 * @param bootId which start of the host the uptime counts from; empty if unknown
 */
public record Moment(Instant time, OptionalLong uptimeMillis, Optional<String> bootId) {

  /** Uptimes of reports that overtake each other differ by less; a restart takes longer. */
  private static final long OVERTAKING_MILLIS = 60_000;

  public static Moment of(Instant time, long uptimeMillis) {
    return new Moment(time, OptionalLong.of(uptimeMillis), Optional.empty());
  }

  /** A point of which only the wall clock is known. */
  public static Moment of(Instant time) {
    return new Moment(time, OptionalLong.empty(), Optional.empty());
  }

  /** When an event was, by its own fields. */
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
   * This moment by the wall clock as it was set at a later moment of the same run of the host,
   * which both know by the uptime; empty if nobody can tell.
   */
  public Optional<Moment> byClockOf(Moment later) {
    if (uptimeMillis.isEmpty() || later.uptimeMillis.isEmpty() || later.isAfterRestartSince(this)) {
      return Optional.empty();
    }
    long passed = later.uptimeMillis.getAsLong() - uptimeMillis.getAsLong();
    return Optional.of(new Moment(later.time.minusMillis(passed), uptimeMillis, bootId));
  }

  /** Whether the host was started anew between the earlier moment and this one. */
  public boolean isAfterRestartSince(Moment earlier) {
    if (bootId.isPresent() && earlier.bootId.isPresent()) {
      return !bootId.equals(earlier.bootId);
    }
    return uptimeMillis.isPresent()
        && earlier.uptimeMillis.isPresent()
        && uptimeMillis.getAsLong() + OVERTAKING_MILLIS < earlier.uptimeMillis.getAsLong();
  }

  /**
   * How long to have waited since the earlier moment: by the uptime where both are known and of one
   * run of the host, else by the wall clock. For time-outs, never for durations. Negative if this
   * is earlier.
   */
  public long millisSince(Moment earlier) {
    boolean ofTwoRuns =
        bootId.isPresent() && earlier.bootId.isPresent() && !bootId.equals(earlier.bootId);
    if (!ofTwoRuns && uptimeMillis.isPresent() && earlier.uptimeMillis.isPresent()) {
      return uptimeMillis.getAsLong() - earlier.uptimeMillis.getAsLong();
    }
    return Duration.between(earlier.time, time).toMillis();
  }
}
