package io.sessionbridge.delivery;

/**
 * Decides what to send next while deliveries fail, and when an event is proven to be the cause: a
 * peer that breaks the connection over one event would otherwise block its sink for ever.
 *
 * <p>The search: after {@value #FAILURES} failures without progress the first event goes alone,
 * then half of the events that failed together, and so on, until one event fails alone. The proof:
 * over a fresh connection an event that was accepted before (the control) is accepted again, and
 * the suspect, right behind it over the same connection, fails. {@value #STRIKES} such tests with
 * no failure of a control in between are a proof. A peer that is away or flapping fails a control
 * or accepts the suspect, and either begins the count again.
 *
 * <p>Decides only; knows neither events nor time. Not safe for use by several threads.
 */
final class PoisonDetector {

  /** Failures without progress that begin a search. */
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

  /** So many of the first events hold the cause; 0 outside a search. */
  private int window;

  private boolean firstAlone;
  private boolean testing;
  private boolean controlFailed;
  private int strikes;

  Next next() {
    return testing && !controlFailed ? Next.TEST : Next.BATCH;
  }

  /** How many events the next batch may have. */
  int limit() {
    if (window == 0) {
      return Integer.MAX_VALUE;
    }
    return testing || firstAlone ? 1 : Math.max(1, window / 2);
  }

  /** Whether the cause of failures is searched for. */
  boolean isSearching() {
    return window > 0;
  }

  /** Failures without progress, up to now. */
  int failures() {
    return failures;
  }

  /** The whole batch is settled. */
  void settled(int events) {
    failures = 0;
    window = Math.max(0, window - events);
    endTest();
  }

  /**
   * The first events of a batch are settled, and the others are not.
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

  /** The peer says that it takes nothing at all for now. */
  void unavailable() {
    failures = 0;
    window = 0;
    endTest();
  }

  /** The control of a test failed: the peer is the cause, or this control is no good any more. */
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
