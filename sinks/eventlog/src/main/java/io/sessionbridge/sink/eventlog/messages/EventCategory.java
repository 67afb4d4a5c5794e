package io.sessionbridge.sink.eventlog.messages;

import io.sessionbridge.event.Kind;

/** The task category of an entry. Windows requires consecutive numbers from 1. */
public enum EventCategory {
  SESSION(1, "Session"),
  HOST(2, "Host"),
  BRIDGE(3, "SessionBridge"),
  AGENT(4, "Agent");

  private final int number;
  private final String text;

  EventCategory(int number, String text) {
    this.number = number;
    this.text = text;
  }

  public static EventCategory of(Kind kind) {
    return switch (kind.subject()) {
      case SESSION -> SESSION;
      case HOST -> HOST;
      case BRIDGE -> BRIDGE;
    };
  }

  public int number() {
    return number;
  }

  /** The text in the event viewer. */
  String text() {
    return text;
  }
}
