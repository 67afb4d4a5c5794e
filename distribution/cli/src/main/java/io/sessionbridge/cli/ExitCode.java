package io.sessionbridge.cli;

/** What the process tells its caller. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** {@code EX_CONFIG} of sysexits.h. */
  static final int CONFIGURATION = 78;

  private ExitCode() {}
}
