package io.sessionbridge.windows.window;

/** The sessions whose changes a program receives. */
public enum SessionScope {
  /** The program's own session. */
  THIS,
  /** Every session of the machine. */
  ALL
}
