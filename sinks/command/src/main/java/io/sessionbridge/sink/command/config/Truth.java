package io.sessionbridge.sink.command.config;

/** Whether a condition holds. */
public enum Truth {
  YES,
  NO,
  /** Unknown. A command bound to the condition does not run. */
  UNKNOWN,
  /** Known only from before the agent started. Starts and stops nothing. */
  FROM_BEFORE
}
