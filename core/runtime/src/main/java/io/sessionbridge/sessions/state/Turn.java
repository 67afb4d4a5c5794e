package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.Moment;
import java.time.Instant;

/**
 * The time of a session's state change, by the host's uptime in milliseconds.
 *
 * @param time by the wall clock, for display
 * @param exact the uptime of the turn; {@link #UNKNOWN} if it is not known
 * @param oldUntil up to when the old state is known to have lasted
 * @param newFrom when the new state is first known
 */
public record Turn(Instant time, long exact, long oldUntil, long newFrom) {

  public static final long UNKNOWN = -1;

  /** A turn that was reported when it happened. */
  public static Turn at(Moment moment) {
    long uptime = moment.uptimeMillis().orElse(UNKNOWN);
    return new Turn(moment.time(), uptime, uptime, uptime);
  }

  /** A turn known only by a wall clock that was set since the old state was last known. */
  public static Turn after(Moment lastKnown, Instant time) {
    return new Turn(time, UNKNOWN, lastKnown.uptimeMillis().orElse(UNKNOWN), UNKNOWN);
  }

  /** A missed turn somewhere between two moments. */
  public static Turn between(Moment lastKnown, Moment noticed) {
    return new Turn(
        noticed.time(),
        UNKNOWN,
        lastKnown.uptimeMillis().orElse(UNKNOWN),
        noticed.uptimeMillis().orElse(UNKNOWN));
  }
}
