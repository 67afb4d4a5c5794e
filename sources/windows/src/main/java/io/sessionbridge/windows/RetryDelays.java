package io.sessionbridge.windows;

/**
 * How long to wait before Windows is asked again: 1 s, then twice as long each time, 30 s at most.
 * The services that are asked come up within seconds of a boot, or never.
 */
public final class RetryDelays {

  private static final long FIRST_MILLIS = 1000;
  private static final long LONGEST_MILLIS = 30_000;

  private long next = FIRST_MILLIS;

  /** How long to wait this time. */
  public long nextMillis() {
    long now = next;
    next = Math.min(next * 2, LONGEST_MILLIS);
    return now;
  }
}
