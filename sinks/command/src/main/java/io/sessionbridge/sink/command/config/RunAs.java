package io.sessionbridge.sink.command.config;

/** With whose rights a command runs. */
public enum RunAs {
  AGENT,
  SESSION_USER
}
