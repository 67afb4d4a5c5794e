package io.sessionbridge.windows.power;

/** What Windows tells of the machine's sleep, of its power, and whether anybody is there. */
public sealed interface PowerEvent {

  /** The machine is about to sleep: {@code PBT_APMSUSPEND}. There are about two seconds left. */
  record Suspending() implements PowerEvent {}

  /** The machine woke up: {@code PBT_APMRESUMEAUTOMATIC}, which comes after every sleep. */
  record Resumed() implements PowerEvent {}

  /**
   * {@code GUID_GLOBAL_USER_PRESENCE}, all sessions together, which Windows sends to services; or
   * {@code GUID_SESSION_USER_PRESENCE} of the program's own session.
   *
   * @param state 0 somebody is present, 1 nobody, 2 nobody did anything for a while
   */
  record UserPresence(int state) implements PowerEvent {}

  /**
   * {@code GUID_CONSOLE_DISPLAY_STATE}.
   *
   * @param state 0 off, 1 on, 2 dimmed
   */
  record ConsoleDisplay(int state) implements PowerEvent {}

  /**
   * {@code GUID_ACDC_POWER_SOURCE}.
   *
   * @param state 0 mains, 1 battery, 2 a source for a short time, such as a UPS
   */
  record PowerSource(int state) implements PowerEvent {}

  /** A setting that changed, without the data that belong to it. */
  record Undecoded() implements PowerEvent {}
}
