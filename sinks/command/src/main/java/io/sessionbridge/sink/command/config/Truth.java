package io.sessionbridge.sink.command.config;

/** Whether a condition holds. */
public enum Truth {
  YES,
  NO,
  /** Nobody can tell: a command that may run only while it holds does not. */
  UNKNOWN,
  /** What is known is from before the agent started: nothing is started or stopped for it. */
  FROM_BEFORE
}
