package io.sessionbridge.sink.command.config;

import io.sessionbridge.windows.process.ProcessPriority;

/** The scheduling priority of a command. */
public enum Priority {
  NORMAL(0, ProcessPriority.NORMAL),
  BELOW_NORMAL(10, ProcessPriority.BELOW_NORMAL),
  IDLE(19, ProcessPriority.IDLE);

  private final int niceness;
  private final ProcessPriority windows;

  Priority(int niceness, ProcessPriority windows) {
    this.niceness = niceness;
    this.windows = windows;
  }

  public int niceness() {
    return niceness;
  }

  public ProcessPriority windows() {
    return windows;
  }
}
