package io.sessionbridge.sessions.history;

import java.util.Optional;

/**
 * Something that truly happened.
 *
 * @param index its place in the course
 * @param scene of which scene it is part
 * @param at in true milliseconds since the beginning
 * @param session to which it happened; empty for the machine
 * @param person who logs on, where that is no user's life
 * @param after how the machine is after it
 */
record TrueEvent(
    int index,
    int scene,
    long at,
    What what,
    Optional<TrueSession> session,
    Optional<Person> person,
    Snapshot after) {

  @Override
  public String toString() {
    return String.format(
        "%s #%d %s%s%s",
        Course.clock(at),
        index,
        what,
        session.map(s -> " " + s).orElse(""),
        person.map(p -> " " + p).orElse(""));
  }
}
