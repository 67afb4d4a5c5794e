package io.sessionbridge.windows.service;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.power.PowerEvent;
import java.time.Instant;

/** What Windows tells a service besides that it shall stop. */
public sealed interface ServiceEvent {

  /** A session changed. */
  record SessionChanged(SessionChange change) implements ServiceEvent {}

  /** The machine sleeps or woke up, or its power or the presence of users changed. */
  record PowerChanged(PowerEvent event) implements ServiceEvent {}

  /** The machine shuts down: {@code SERVICE_CONTROL_PRESHUTDOWN}. The service stops after that. */
  record ShuttingDown() implements ServiceEvent {}

  /** Somebody or something set the clock. */
  record ClockChanged(Instant before, Instant after) implements ServiceEvent {}

  /**
   * A control without the data that belong to it: something happened, and nobody knows what.
   *
   * @param control {@code SERVICE_CONTROL_*}
   */
  record Undecoded(int control, int eventType) implements ServiceEvent {}
}
