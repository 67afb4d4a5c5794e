package io.sessionbridge.windows.power;

/** Sleep, power and user presence notifications of Windows. */
public sealed interface PowerEvent {

  /** The machine is about to sleep: {@code PBT_APMSUSPEND}. About two seconds are left. */
  record Suspending() implements PowerEvent {}

  /** The machine resumed: {@code PBT_APMRESUMEAUTOMATIC}, sent after every sleep. */
  record Resumed() implements PowerEvent {}

  /**
   * {@code GUID_GLOBAL_USER_PRESENCE}, for all sessions together, which Windows sends to services;
   * or {@code GUID_SESSION_USER_PRESENCE} for the program's own session.
   *
   * @param state 0 present, 1 not present, 2 inactive
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
   * @param state 0 mains, 1 battery, 2 short-term source, such as a UPS
   */
  record PowerSource(int state) implements PowerEvent {}

  /** A setting change that arrived without its data. */
  record Undecoded() implements PowerEvent {}
}
