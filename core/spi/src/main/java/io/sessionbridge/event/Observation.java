package io.sessionbridge.event;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a source saw, before it has an identity. Only sources make these; the ingest makes events of
 * them.
 *
 * @param live true if it happened on this host just now, so that the host's facts (name, uptime,
 *     offset) are true of it; false if it comes from a file or another agent
 * @param time when it happened; for a live one the moment of the notification
 * @param data what is known: at least the kind; host fields only if it is about another host
 * @param position where the source would have to go on after it, journaled together with the event
 *     and given back by {@code Intake.resumePosition}; at most 1 KiB, opaque to everybody else
 * @param origin the identity it already has, if it was an event before
 */
public record Observation(
    boolean live,
    Instant time,
    EventData data,
    byte @Nullable [] position,
    Optional<Origin> origin) {

  /** Something that just happened on this host. */
  public static Observation live(Instant time, EventData data) {
    return new Observation(true, time, data, null, Optional.empty());
  }

  /** Something read from a record of the past. */
  public static Observation recorded(Instant time, EventData data, byte @Nullable [] position) {
    return new Observation(false, time, data, position, Optional.empty());
  }

  /** An event of another agent, or of an earlier life of this one, with its identity. */
  public static Observation imported(
      Instant time, EventData data, byte @Nullable [] position, Origin origin) {
    return new Observation(false, time, data, position, Optional.of(origin));
  }

  /** The same with another position. */
  public Observation withPosition(byte @Nullable [] newPosition) {
    return new Observation(live, time, data, newPosition, origin);
  }
}
