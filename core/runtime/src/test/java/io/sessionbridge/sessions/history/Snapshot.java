package io.sessionbridge.sessions.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of the machine after an event.
 *
 * @param sessions those that exist, in the order of their creation
 * @param boot which start of the machine this is, from 1
 * @param bootAt when it started, in true milliseconds
 * @param wallOffset by how much the wall clock is off, in milliseconds
 * @param present what Windows says of its users
 * @param film whether a program keeps the display on
 */
record Snapshot(
    List<View> sessions, int boot, long bootAt, long wallOffset, boolean present, boolean film) {

  static final Instant BASE = Instant.parse("2026-11-20T00:00:00Z");

  Instant wall(long trueMillis) {
    return BASE.plusMillis(trueMillis + wallOffset);
  }

  long uptime(long trueMillis) {
    return trueMillis - bootAt;
  }

  String bootId() {
    return "boot-" + boot;
  }

  Optional<View> find(TrueSession session) {
    return sessions.stream().filter(view -> view.session() == session).findFirst();
  }

  /** The session, if the person is in exactly one: all that SENS gives to go by. */
  Optional<View> onlyOneOf(Person person) {
    List<View> found =
        sessions.stream()
            .filter(
                view ->
                    view.user() != null
                        && view.user().name().equalsIgnoreCase(person.name())
                        && view.user().domain().equalsIgnoreCase(person.domain()))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** How far the wall clock is off, in words. */
  String clock() {
    return wallOffset == 0 ? "" : "clock off by " + Duration.ofMillis(wallOffset);
  }
}
