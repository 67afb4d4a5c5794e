package io.sessionbridge.e2e;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.User32;
import com.sun.jna.platform.win32.WinDef.HWND;
import com.sun.jna.platform.win32.WinDef.LPARAM;
import com.sun.jna.platform.win32.WinDef.WPARAM;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays Windows: a second process that posts messages to the agent's hidden window, as a line of
 * standard input says, and answers each with a line.
 *
 * <pre>
 * own               the number of the session that it runs in
 * find              found | none
 * post CODE SESSION posted 1 of 1
 * burst COUNT       posted COUNT of COUNT: codes 1 to 9 by turns, of sessions 1, 2, 3 ...
 * storm COUNT       the same, but what Windows has no room for is posted again
 * power TYPE DATA   posted 1 of 1: WM_POWERBROADCAST with an address
 * close             posted 1 of 1: WM_CLOSE
 * destroy           posted 1 of 1: WM_DESTROY, as if it were destroyed
 * quit              posted 1 of 1: WM_QUIT, to its thread
 * </pre>
 */
final class WindowPoster {

  /** Declared with its result, which jna-platform's lacks. */
  interface Posting extends StdCallLibrary {
    Posting INSTANCE = Native.load("user32", Posting.class, W32APIOptions.DEFAULT_OPTIONS);

    boolean PostMessage(HWND window, int message, WPARAM wParam, LPARAM lParam);
  }

  static final String WINDOW_CLASS = "SessionBridge.Sessions.1";
  private static final HWND HWND_MESSAGE = new HWND(Pointer.createConstant(-3L));
  private static final int WM_DESTROY = 0x2;
  private static final int WM_CLOSE = 0x10;
  private static final int WM_QUIT = 0x12;
  private static final int WM_POWERBROADCAST = 0x218;
  private static final int WM_WTSSESSION_CHANGE = 0x2B1;

  private WindowPoster() {}

  public static void main(String[] args) throws IOException {
    CommandLoop.run(WindowPoster::answer);
  }

  private static String answer(String[] command) {
    if (command[0].equals("own")) {
      IntByReference session = new IntByReference();
      int process = Kernel32.INSTANCE.GetCurrentProcessId();
      Kernel32.INSTANCE.ProcessIdToSessionId(process, session);
      return Integer.toString(session.getValue());
    }
    HWND window = User32.INSTANCE.FindWindowEx(HWND_MESSAGE, null, WINDOW_CLASS, null);
    if (window == null) {
      return "none";
    }
    return switch (command[0]) {
      case "find" -> "found";
      case "post" -> one(window, WM_WTSSESSION_CHANGE, command);
      case "power" -> one(window, WM_POWERBROADCAST, command);
      case "burst" -> burst(window, Integer.parseInt(command[1]));
      case "storm" -> storm(window, Integer.parseInt(command[1]));
      case "close" -> posted(post(window, WM_CLOSE, 0, 0), 1);
      case "destroy" -> posted(post(window, WM_DESTROY, 0, 0), 1);
      case "quit" -> posted(quit(window), 1);
      default -> "unknown command " + command[0];
    };
  }

  private static String one(HWND window, int message, String[] command) {
    return posted(post(window, message, Long.parseLong(command[1]), Long.parseLong(command[2])), 1);
  }

  private static String burst(HWND window, int count) {
    int posted = 0;
    for (int i = 0; i < count; i++) {
      posted += post(window, WM_WTSSESSION_CHANGE, 1 + i % 9, 1 + i);
    }
    return posted(posted, count);
  }

  private static String storm(HWND window, int count) {
    for (int i = 0; i < count; i++) {
      while (post(window, WM_WTSSESSION_CHANGE, 1 + i % 9, 1 + i) == 0) {
        LockSupport.parkNanos(1_000_000); // the queue holds 10,000 and is read meanwhile
      }
    }
    return posted(count, count);
  }

  private static int post(HWND window, int message, long wParam, long lParam) {
    return Posting.INSTANCE.PostMessage(window, message, new WPARAM(wParam), new LPARAM(lParam))
        ? 1
        : 0;
  }

  private static int quit(HWND window) {
    int thread = User32.INSTANCE.GetWindowThreadProcessId(window, null);
    return User32.INSTANCE.PostThreadMessage(thread, WM_QUIT, new WPARAM(0), new LPARAM(0)) == 0
        ? 0
        : 1;
  }

  private static String posted(int posted, int of) {
    return "posted " + posted + " of " + of;
  }
}
