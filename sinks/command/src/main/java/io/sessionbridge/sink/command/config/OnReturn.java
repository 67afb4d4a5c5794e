package io.sessionbridge.sink.command.config;

/** What becomes of a command when its condition ends. */
public enum OnReturn {
  /** It is asked to end, and killed after a time. */
  STOP,
  /** It stands still until the condition holds again. */
  SUSPEND,
  /** It goes on with the lowest priority. */
  LOWER
}
