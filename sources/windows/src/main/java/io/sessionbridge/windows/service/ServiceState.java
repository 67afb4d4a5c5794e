package io.sessionbridge.windows.service;

import java.util.Locale;
import java.util.stream.Stream;

/** The state of a service ({@code winsvc.h}). */
public enum ServiceState {
  STOPPED(1),
  START_PENDING(2),
  STOP_PENDING(3),
  RUNNING(4),
  CONTINUE_PENDING(5),
  PAUSE_PENDING(6),
  PAUSED(7);

  private final int value;

  ServiceState(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }

  /** For instance {@code start pending}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static ServiceState of(int value) {
    return Stream.of(values())
        .filter(state -> state.value == value)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("state of a service: " + value));
  }
}
