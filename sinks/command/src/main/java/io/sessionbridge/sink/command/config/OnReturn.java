package io.sessionbridge.sink.command.config;

/** What happens to a command when its condition ends. */
public enum OnReturn {
  /** Requests its end, and kills it after the grace period. */
  STOP,
  /** Suspends it until the condition holds again. */
  SUSPEND,
  /** Lets it continue with the lowest priority. */
  LOWER
}
