package io.sessionbridge.windows.window;

/** Whose changes a program hears. */
public enum SessionScope {
  /** Those of the session that the program itself runs in. */
  THIS,
  /** Those of every session of the machine. */
  ALL
}
