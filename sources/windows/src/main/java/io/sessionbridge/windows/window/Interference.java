package io.sessionbridge.windows.window;

/** Reports what other programs ask of the window. One thread. */
final class Interference {

  private final SessionListener listener;
  private int refusals;

  Interference(SessionListener listener) {
    this.listener = listener;
  }

  /**
   * Reports the first, second, fourth, eighth ... refusal, because another program may repeat its
   * request all day.
   */
  void refused(String request) {
    refusals++;
    if (Integer.bitCount(refusals) == 1) {
      String times = refusals == 1 ? "" : " (" + refusals + " times)";
      report(
          "another program asked the window for session changes "
              + request
              + times
              + "; the window stays");
    }
  }

  void report(String text) {
    Callback.guarded(() -> listener.interference(text));
  }
}
