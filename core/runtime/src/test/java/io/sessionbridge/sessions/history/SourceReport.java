package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;

/**
 * A source's report of an event, with the answer of the session directory at that time.
 *
 * @param of the event
 * @param source {@code wts}, {@code scm} or {@code sens}
 * @param at when the source received it, in true milliseconds
 */
record SourceReport(TrueEvent of, String source, long at, EventData data) {

  @Override
  public String toString() {
    return String.format(
        "%s %s reports %s of #%d%s%s%s",
        Course.clock(at),
        source,
        data.kind().wireName(),
        of.index(),
        data.find(Field.SESSION_ID).map(id -> " in session " + id).orElse(" without a session id"),
        data.find(Field.USER_NAME).map(name -> " of " + name).orElse(""),
        data.find(Field.LOCKED).map(locked -> locked ? " locked" : " not locked").orElse(""));
  }
}
