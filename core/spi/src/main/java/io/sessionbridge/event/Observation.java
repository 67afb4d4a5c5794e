package io.sessionbridge.event;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a source saw, without an identity yet. Only sources make observations; the ingest turns them
 * into events.
 *
 * @param live true if it happened on this host just now, so that the current host facts (name,
 *     uptime, offset) apply to it; false if it comes from a file or another agent
 * @param time when it happened; if live, the time of the notification
 * @param data what is known: at least the kind; host fields only if it is about another host
 * @param position where the source resumes after it, stored with the event and returned by {@code
 *     Intake.resumePosition}; at most 1 KiB, opaque to everything but the source
 * @param origin the identity it already has, if it was an event before
 */
public record Observation(
    boolean live,
    Instant time,
    EventData data,
    byte @Nullable [] position,
    Optional<Origin> origin) {

  /** An observation of something that just happened on this host. */
  public static Observation live(Instant time, EventData data) {
    return new Observation(true, time, data, null, Optional.empty());
  }

  /** An observation read from a record of the past. */
  public static Observation recorded(Instant time, EventData data, byte @Nullable [] position) {
    return new Observation(false, time, data, position, Optional.empty());
  }

  /** An event of another agent, or of an earlier installation of this one, with its identity. */
  public static Observation imported(
      Instant time, EventData data, byte @Nullable [] position, Origin origin) {
    return new Observation(false, time, data, position, Optional.of(origin));
  }

  /** Returns a copy with another position. */
  public Observation withPosition(byte @Nullable [] newPosition) {
    return new Observation(live, time, data, newPosition, origin);
  }
}
