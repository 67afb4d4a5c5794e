package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.Moment;
import java.time.Instant;

/**
 * When a session went from one state to another, by the host's uptime in milliseconds.
 *
 * @param time by the wall clock, for people
 * @param exact the uptime of the turn; {@link #UNKNOWN} if nobody can tell it
 * @param oldUntil up to when the old state is known to have lasted
 * @param newFrom from when on the new state is known
 */
public record Turn(Instant time, long exact, long oldUntil, long newFrom) {

  public static final long UNKNOWN = -1;

  /** A turn that was heard when it happened. */
  public static Turn at(Moment moment) {
    long uptime = moment.uptimeMillis().orElse(UNKNOWN);
    return new Turn(moment.time(), uptime, uptime, uptime);
  }

  /** A turn whose time only the wall clock tells, which was set since the old state was known. */
  public static Turn after(Moment lastKnown, Instant time) {
    return new Turn(time, UNKNOWN, lastKnown.uptimeMillis().orElse(UNKNOWN), UNKNOWN);
  }

  /** A turn that happened unheard somewhere between two moments. */
  public static Turn between(Moment lastKnown, Moment noticed) {
    return new Turn(
        noticed.time(),
        UNKNOWN,
        lastKnown.uptimeMillis().orElse(UNKNOWN),
        noticed.uptimeMillis().orElse(UNKNOWN));
  }
}
