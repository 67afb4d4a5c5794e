package io.sessionbridge.windows.window;

/** Reports attempts of other programs to end the window. One thread. */
final class Interference {

  private final SessionListener listener;
  private int refusals;

  Interference(SessionListener listener) {
    this.listener = listener;
  }

  /**
   * Reports the first, second, fourth, eighth ... refusal, because another program may repeat its
   * request indefinitely.
   */
  void refused(String request) {
    refusals++;
    if (Integer.bitCount(refusals) == 1) {
      String times = refusals == 1 ? "" : " (" + refusals + " times)";
      report("another program asked the session window " + request + times + "; refused");
    }
  }

  void report(String text) {
    Callback.guarded(() -> listener.interference(text));
  }
}
