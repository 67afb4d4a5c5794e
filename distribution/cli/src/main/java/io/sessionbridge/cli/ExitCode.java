package io.sessionbridge.cli;

/** What the process tells its caller. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;

  /** What was waited for did not come in time. */
  public static final int TIMED_OUT = 4;

  /** What was waited for is not known. */
  public static final int UNKNOWN = 5;

  /**
   * {@code EX_SOFTWARE} of sysexits.h: an essential part of the agent ended by a defect, and the
   * agent stopped, to be restarted.
   */
  public static final int ESSENTIAL_PART_ENDED = 70;

  /** {@code EX_CONFIG} of sysexits.h. */
  static final int CONFIGURATION = 78;

  private ExitCode() {}
}
