package io.sessionbridge.cli;

/** The exit codes of the program. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;

  /** The awaited state was not reached in time. */
  public static final int TIMED_OUT = 4;

  /** The awaited state is unknown. */
  public static final int UNKNOWN = 5;

  /**
   * {@code EX_SOFTWARE} of sysexits.h: a defect ended an essential part of the agent, which stopped
   * and must be restarted.
   */
  public static final int ESSENTIAL_PART_ENDED = 70;

  /** {@code EX_CONFIG} of sysexits.h. */
  static final int CONFIGURATION = 78;

  private ExitCode() {}
}
