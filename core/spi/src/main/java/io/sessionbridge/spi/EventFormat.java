package io.sessionbridge.spi;

import io.sessionbridge.event.SessionEvent;

/** Makes bytes of an event. Called by the thread of one delivery loop; holds no state. */
@Stable
public interface EventFormat {

  /**
   * The event in this format. Whatever this throws makes the event a dead letter of that one sink;
   * the others go on.
   */
  EncodedEvent encode(SessionEvent event);

  /**
   * What the body of every event begins with, ASCII; empty if that differs from event to event. A
   * sink that appends to a file recognizes its own unfinished event by it.
   */
  default String bodyBeginning() {
    return "";
  }
}
