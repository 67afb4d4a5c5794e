package io.sessionbridge.sink.command.config;

/** Whose rights a command has. */
public enum RunAs {
  AGENT,
  SESSION_USER
}
