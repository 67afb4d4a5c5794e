package io.sessionbridge.windows.window;

import io.sessionbridge.windows.WindowsException;
import java.util.Optional;

/**
 * The Windows calls of {@link ExistingWindow}. An interface so that its logic is testable on any
 * system.
 */
interface WindowHook {

  /** Called by the window's thread, before the window's own procedure. */
  interface Handler {
    void handle(int message, long wParam, long lParam);
  }

  /** Installs the handler before the window's procedure. Any thread. */
  void install(Handler handler) throws WindowsException;

  /** Removes it. Messages under way may still arrive. Any thread. */
  void remove();

  /** The message number that {@link #send} uses. */
  int request();

  /**
   * Calls the handler with {@link #request} on the window's thread, and waits for it.
   *
   * @return false if the window is gone or does not respond within seconds
   */
  boolean send(long wParam, long lParam);

  /** As {@link #send}, without waiting. */
  void post(long wParam, long lParam);

  /** Returns the error code, 0 if the window now receives changes. On the window's thread. */
  int register(SessionScope scope);

  void unregister();

  /** Calls the handler repeatedly with {@code WM_TIMER} and the number. */
  void startTimer(long number, long millis);

  void stopTimer(long number);

  /** The session of this process; empty if Windows does not report it. */
  Optional<Long> ownSession();
}
