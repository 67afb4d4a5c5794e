package io.sessionbridge.windows.window;

/** Calls a listener from a callback of Windows. */
final class Callback {

  private Callback() {}

  /**
   * Runs the call. Exceptions go to the thread's uncaught exception handler, never into Windows.
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
