package io.sessionbridge.windows.window;

import io.sessionbridge.windows.WindowsException;
import java.util.Optional;

/**
 * What {@link ExistingWindow} needs of Windows. A seam, so that its logic is tested where there is
 * no Windows.
 */
interface WindowHook {

  /** Called by the window's thread, before the window itself sees the message. */
  interface Handler {
    void handle(int message, long wParam, long lParam);
  }

  /** Puts the handler before the window's procedure. Any thread. */
  void install(Handler handler) throws WindowsException;

  /** Takes it away again. What is on its way still comes. Any thread. */
  void remove();

  /** The number of the message of {@link #ask}. */
  int request();

  /**
   * Has the handler called with {@link #request} by the window's thread, and waits for that.
   *
   * @return false if the window is gone or does not come to it within seconds
   */
  boolean ask(long wParam, long lParam);

  /** As {@link #ask}, without waiting. */
  void post(long wParam, long lParam);

  /** The error code, 0 if changes come from now on. By the window's thread. */
  int register(SessionScope scope);

  void unregister();

  /** Has the handler called with {@code WM_TIMER} and the number again and again. */
  void startTimer(long number, long millis);

  void stopTimer(long number);

  /** The session of this process; empty if Windows does not tell. */
  Optional<Long> ownSession();
}
