package io.sessionbridge.windows.service;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.power.PowerEvent;
import java.time.Instant;

/** A control of Windows other than a stop request. */
public sealed interface ServiceEvent {

  /** A session changed. */
  record SessionChanged(SessionChange change) implements ServiceEvent {}

  /** The machine sleeps or resumed, or its power source, display or user presence changed. */
  record PowerChanged(PowerEvent event) implements ServiceEvent {}

  /** The machine is shutting down: {@code SERVICE_CONTROL_PRESHUTDOWN}. Then the service stops. */
  record ShuttingDown() implements ServiceEvent {}

  /** The clock was set. */
  record ClockChanged(Instant before, Instant after) implements ServiceEvent {}

  /**
   * A control that arrived without its data, so that the change is unknown.
   *
   * @param control {@code SERVICE_CONTROL_*}
   */
  record Undecoded(int control, int eventType) implements ServiceEvent {}
}
