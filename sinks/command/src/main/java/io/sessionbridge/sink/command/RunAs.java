package io.sessionbridge.sink.command;

/** With whose rights a command runs. */
enum RunAs {
  AGENT,
  SESSION_USER
}
