package io.sessionbridge.format.siem;

import io.sessionbridge.event.SessionEvent;
import org.jspecify.annotations.Nullable;

/** The order of events as a number. */
final class Sequences {

  private Sequences() {}

  /**
   * Null if it is none: an imported event has the sequence of its origin, which may be any text.
   */
  static @Nullable Long number(SessionEvent event) {
    try {
      return Long.valueOf(event.sequence());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Adds to our own part of a document whose journal made the event, and an order that is text. */
  static void putOrigin(SessionEvent event, JsonTree own) {
    own.put("source", event.source());
    own.put("sequence", number(event) == null ? event.sequence() : null);
  }
}
