package io.sessionbridge.spi;

import io.sessionbridge.event.SessionEvent;

/** Encodes events. Called by the thread of a delivery loop; has no state. */
@Stable
public interface EventFormat {

  /**
   * Encodes an event. If this throws, the event becomes a dead letter of that one sink; the other
   * events continue.
   */
  EncodedEvent encode(SessionEvent event);

  /**
   * The ASCII text that every body starts with; empty if there is none. A sink that appends to a
   * file recognizes its own incomplete event by it.
   */
  default String bodyBeginning() {
    return "";
  }
}
