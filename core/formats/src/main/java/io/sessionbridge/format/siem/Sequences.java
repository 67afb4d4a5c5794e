package io.sessionbridge.format.siem;

import io.sessionbridge.event.SessionEvent;
import org.jspecify.annotations.Nullable;

/** The sequence of an event as a number. */
final class Sequences {

  private Sequences() {}

  /**
   * Returns null if it is not a number: an imported event has its original sequence, which may be
   * any text.
   */
  static @Nullable Long number(SessionEvent event) {
    try {
      return Long.valueOf(event.sequence());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Adds the CloudEvents source, and the sequence if it is not a number. */
  static void putOrigin(SessionEvent event, JsonTree own) {
    own.put("source", event.source());
    own.put("sequence", number(event) == null ? event.sequence() : null);
  }
}
