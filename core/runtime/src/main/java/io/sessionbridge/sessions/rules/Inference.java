package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.Correlation;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.state.RecentReport;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.Turn;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes events that were not reported but must have happened. */
public final class Inference {

  /** The evidence of a difference between the known and the existing sessions. */
  public static final String DIRECTORY = "directory";

  private Inference() {}

  /**
   * Writes the end of the life in a session.
   *
   * @param turn when it ended
   * @param evidence what shows it
   * @param after when the life was last known to continue
   * @return the session, closed
   */
  public static Session logoff(
      Step step, Session session, Turn turn, String evidence, Moment after) {
    return event(step, session, EventData.builder(Kind.LOGOFF).build(), turn, evidence, after);
  }

  /**
   * Writes an event of a session.
   *
   * @param data its kind and known fields
   * @return the session afterwards
   */
  public static Session event(
      Step step, Session session, EventData data, Turn turn, String evidence, Moment after) {
    EventData.Builder out = begun(step, session, data, turn, evidence, after);
    if (session.life() != null) {
      session.life().user().addTo(out);
    }
    Session turned = LifeRules.turn(session, data, turn, step.sleep, out);
    return written(step, turned, data.kind(), turn, out);
  }

  /** The common fields of an inferred event. */
  public static EventData.Builder begun(
      Step step, Session session, EventData data, Turn turn, String evidence, Moment after) {
    EventData.Builder out = step.derived(data.kind());
    copyAll(data, out);
    out.put(Field.SESSION_ID, session.id())
        .put(Field.SESSION_KEY, session.key())
        .put(Field.INFERRED, true)
        .put(Field.EVIDENCE, evidence)
        .put(Field.TIME_AFTER, timeAfter(step, after, turn.time()));
    long uptime = turn.exact() == Turn.UNKNOWN ? turn.newFrom() : turn.exact();
    if (uptime != Turn.UNKNOWN) {
      out.put(Field.UPTIME_MS, uptime);
    }
    if (after.bootId().isPresent() && turn.exact() != Turn.UNKNOWN) {
      out.put(Field.BOOT_ID, after.bootId().get());
    }
    return out;
  }

  /**
   * When the old state was last known, by the same clock as the change. If the clock was set back
   * in between, it is computed from the uptime; null if that is unknown.
   *
   * @return not later than the change
   */
  static @Nullable Instant timeAfter(Step step, Moment after, Instant changed) {
    if (!after.time().isAfter(changed)) {
      return after.time();
    }
    return Optional.ofNullable(step.last)
        .flatMap(after::byClockOf)
        .map(Moment::time)
        .filter(time -> !time.isAfter(changed))
        .orElse(null);
  }

  public static void copyAll(EventData from, EventData.Builder to) {
    for (Field<?> field : Field.all()) {
      copy(field, from, to);
    }
  }

  private static <T> void copy(Field<T> field, EventData from, EventData.Builder to) {
    to.put(field, from.get(field));
  }

  /** Writes an event and remembers it, since a late report of it may follow. */
  public static Session written(
      Step step, Session turned, Kind kind, Turn turn, EventData.Builder out) {
    step.derive(turn.time(), out);
    Moment noticed = step.last == null ? Moment.of(turn.time()) : step.last;
    RecentReport report =
        RecentReport.of(kind, Correlation.Reporter.TRACKER, noticed, "tracker", out.build());
    Session remembered =
        turned.withLast(kind, lastOf(turn, noticed)).withRecents(turned.recents().with(report));
    step.put(remembered);
    return remembered;
  }

  private static Moment lastOf(Turn turn, Moment noticed) {
    return turn.exact() == Turn.UNKNOWN
        ? noticed
        : new Moment(turn.time(), OptionalLong.of(turn.exact()), noticed.bootId());
  }
}
