package io.sessionbridge.windows;

/**
 * Delays between attempts at a call that Windows refuses: 1 s, doubled each time up to 30 s. The
 * services that the calls need start within seconds of a boot, or never.
 */
public final class RetryDelays {

  private static final long FIRST_MILLIS = 1000;
  private static final long LONGEST_MILLIS = 30_000;

  private long next = FIRST_MILLIS;

  /** Returns the next delay. */
  public long nextMillis() {
    long now = next;
    next = Math.min(next * 2, LONGEST_MILLIS);
    return now;
  }
}
