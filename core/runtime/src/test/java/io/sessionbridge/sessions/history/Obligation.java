package io.sessionbridge.sessions.history;

import io.sessionbridge.event.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An event that must or may be written once. */
final class Obligation {

  /** Whether it is a report's event, a conclusion, or the completion of an earlier one. */
  enum Sort {
    REPORTED,
    CONCLUDED,
    COMPLETED,
    /** Whether it completes one depends on how late it is. */
    HEARD_OR_COMPLETED
  }

  private final int from;
  private final int to;
  private final boolean required;
  private final Sort sort;
  private final Set<Kind> kinds;
  private final Optional<Long> sessionId;
  private final Optional<TrueSession> session;
  private final Object why;
  private final Map<String, Seconds> durations = new LinkedHashMap<>();
  private Optional<String> accountType = Optional.empty();
  private Optional<Instant> notBefore = Optional.empty();
  private boolean keyOptional;
  private Optional<Instant> near = Optional.empty();

  /**
   * An event that is due.
   *
   * @param from the first step at which it may be written
   * @param to the last one
   * @param session whose key it has; empty if it has none
   * @param why for the failure message; the event if it is known
   */
  Obligation(
      int from,
      int to,
      boolean required,
      Sort sort,
      Set<Kind> kinds,
      Optional<Long> sessionId,
      Optional<TrueSession> session,
      Object why) {
    this.from = from;
    this.to = to;
    this.required = required;
    this.sort = sort;
    this.kinds = kinds;
    this.sessionId = sessionId;
    this.session = session;
    this.why = why;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  boolean required() {
    return required;
  }

  Sort sort() {
    return sort;
  }

  Set<Kind> kinds() {
    return kinds;
  }

  Optional<Long> sessionId() {
    return sessionId;
  }

  Optional<TrueSession> session() {
    return session;
  }

  Obligation with(String duration, Seconds seconds) {
    durations.put(duration, seconds);
    return this;
  }

  /** What each duration may be; one that is not in it must be absent. */
  Map<String, Seconds> durations() {
    return durations;
  }

  Obligation ofAccountType(String type) {
    accountType = Optional.of(type);
    return this;
  }

  Optional<String> accountType() {
    return accountType;
  }

  /** The key may be that of nothing else: session 0 is nobody's. */
  Obligation withAnyKey() {
    keyOptional = true;
    return this;
  }

  boolean hasAnyKey() {
    return keyOptional;
  }

  /** About when it happened, to distinguish it from similar ones. */
  Obligation near(Instant time) {
    near = Optional.of(time);
    return this;
  }

  /** How far from the time it happened, in seconds; a day if nobody knows. */
  long distance(Instant time) {
    return near.map(known -> Math.abs(Duration.between(known, time).toSeconds())).orElse(86_400L);
  }

  /** The true wall time: the earlier known state may not be said to be younger. */
  Obligation happenedAt(Instant time) {
    notBefore = Optional.of(time);
    return this;
  }

  Optional<Instant> happenedAt() {
    return notBefore;
  }

  @Override
  public String toString() {
    return (required ? "" : "perhaps ")
        + sort.name().toLowerCase(Locale.ROOT)
        + " "
        + kinds
        + sessionId.map(id -> " in session " + id).orElse(" without a session id")
        + session.map(s -> " keyed as " + s).orElse("")
        + accountType.map(type -> " of a " + type + " account").orElse("")
        + (durations.isEmpty() ? "" : " " + durations)
        + " because "
        + why;
  }
}
