package io.sessionbridge.delivery;

/**
 * Decides what to send next while deliveries fail, and when an event is proven to be the cause.
 * Without it, a peer that drops the connection on one event would block its sink forever.
 *
 * <p>The search: after {@value #FAILURES} failures without progress the first event is sent alone,
 * then half of the events that failed together, and so on, until one event fails alone. The proof:
 * on a new connection, an event that was accepted before (the control) is accepted again, and the
 * suspect, sent right after it on the same connection, fails. {@value #STRIKES} such tests without
 * a failed control in between are proof. An unreachable or flapping peer fails a control or accepts
 * the suspect; either restarts the count.
 *
 * <p>Only decides; has no access to events or time. Not thread-safe.
 */
final class PoisonDetector {

  /** Failures without progress that start a search. */
  static final int FAILURES = 3;

  /** Tests that prove an event to be the cause. */
  static final int STRIKES = 8;

  /** What to send next. */
  enum Next {
    /** The first events, at most {@link PoisonDetector#limit}. */
    BATCH,
    /** The control and, if that is accepted, the suspect. */
    TEST
  }

  private int failures;

  /** The cause is among this many first events; 0 outside of a search. */
  private int window;

  private boolean firstAlone;
  private boolean testing;
  private boolean controlFailed;
  private int strikes;

  Next next() {
    return testing && !controlFailed ? Next.TEST : Next.BATCH;
  }

  /** The maximum size of the next batch. */
  int limit() {
    if (window == 0) {
      return Integer.MAX_VALUE;
    }
    return testing || firstAlone ? 1 : Math.max(1, window / 2);
  }

  /** Whether a search is in progress. */
  boolean isSearching() {
    return window > 0;
  }

  /** Failures since the last progress. */
  int failures() {
    return failures;
  }

  /** A whole batch was settled. */
  void settled(int events) {
    failures = 0;
    window = Math.max(0, window - events);
    endTest();
  }

  /**
   * A batch failed after its first events were settled.
   *
   * @param sent size of the batch
   */
  void failed(int sent, int settled) {
    if (settled > 0) {
      failures = 0;
      window = window == 0 ? 0 : sent - settled;
      endTest();
      return;
    }
    failures++;
    controlFailed = false;
    if (window > 0) {
      window = sent;
      testing = sent == 1;
      firstAlone = false;
    } else if (failures >= FAILURES) {
      window = sent;
      testing = sent == 1;
      firstAlone = !testing;
    }
  }

  /** The peer currently accepts no events at all. */
  void unavailable() {
    failures = 0;
    window = 0;
    endTest();
  }

  /** The control of a test failed: the peer is the cause, or the control is no longer accepted. */
  void controlFailed() {
    controlFailed = true;
    strikes = 0;
  }

  /**
   * The control was accepted and the suspect failed.
   *
   * @return whether the suspect is proven to be the cause
   */
  boolean strike() {
    failures++;
    strikes++;
    return strikes >= STRIKES;
  }

  private void endTest() {
    firstAlone = false;
    testing = false;
    controlFailed = false;
    strikes = 0;
  }
}
