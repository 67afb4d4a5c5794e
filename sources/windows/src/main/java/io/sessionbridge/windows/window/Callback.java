package io.sessionbridge.windows.window;

/** Calls a listener from code that Windows called. */
final class Callback {

  private Callback() {}

  /**
   * Runs the call. An exception goes to the thread's handler, because it must not reach Windows.
   */
  static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
