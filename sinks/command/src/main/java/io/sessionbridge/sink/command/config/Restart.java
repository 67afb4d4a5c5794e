package io.sessionbridge.sink.command.config;

/** Whether a command that ended by itself is started again while its condition holds. */
public enum Restart {
  NEVER,
  /** If it ended with another code than 0, or could not be started. */
  FAILURE,
  ALWAYS
}
