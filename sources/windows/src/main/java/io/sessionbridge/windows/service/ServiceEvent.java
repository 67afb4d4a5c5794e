package io.sessionbridge.windows.service;

import io.sessionbridge.windows.SessionChange;
import java.time.Instant;

/** What Windows tells a service besides that it shall stop. */
public sealed interface ServiceEvent {

  /** A session changed. */
  record SessionChanged(SessionChange change) implements ServiceEvent {}

  /** The machine is about to sleep: {@code PBT_APMSUSPEND}. There are about two seconds left. */
  record Suspending() implements ServiceEvent {}

  /** The machine woke up: {@code PBT_APMRESUMEAUTOMATIC}, which comes after every sleep. */
  record Resumed() implements ServiceEvent {}

  /** The machine shuts down: {@code SERVICE_CONTROL_PRESHUTDOWN}. The service stops after that. */
  record ShuttingDown() implements ServiceEvent {}

  /** Somebody or something set the clock. */
  record ClockChanged(Instant before, Instant after) implements ServiceEvent {}

  /**
   * {@code GUID_GLOBAL_USER_PRESENCE}: all sessions together, as Windows sends it to services.
   *
   * @param state 0 somebody is present, 1 nobody, 2 nobody did anything for a while
   */
  record UserPresence(int state) implements ServiceEvent {}

  /**
   * {@code GUID_CONSOLE_DISPLAY_STATE}.
   *
   * @param state 0 off, 1 on, 2 dimmed
   */
  record ConsoleDisplay(int state) implements ServiceEvent {}

  /**
   * {@code GUID_ACDC_POWER_SOURCE}.
   *
   * @param state 0 mains, 1 battery, 2 a source for a short time, such as a UPS
   */
  record PowerSource(int state) implements ServiceEvent {}

  /**
   * A control without the data that belong to it: something happened, and nobody knows what.
   *
   * @param control {@code SERVICE_CONTROL_*}
   */
  record Undecoded(int control, int eventType) implements ServiceEvent {}
}
