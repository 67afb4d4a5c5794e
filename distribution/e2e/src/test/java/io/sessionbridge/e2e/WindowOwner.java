package io.sessionbridge.e2e;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.User32;
import com.sun.jna.platform.win32.WinDef.HWND;
import com.sun.jna.platform.win32.WinDef.LPARAM;
import com.sun.jna.platform.win32.WinDef.LRESULT;
import com.sun.jna.platform.win32.WinDef.WPARAM;
import com.sun.jna.platform.win32.WinUser.MSG;
import com.sun.jna.platform.win32.WinUser.WNDCLASSEX;
import com.sun.jna.platform.win32.WinUser.WindowProc;
import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.SessionMonitor;
import io.sessionbridge.windows.session.SessionNotification;
import io.sessionbridge.windows.window.SessionScope;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A program with a window of its own, which it shares: first with a monitor that it closes again,
 * then with one that stays until the window is destroyed.
 */
final class WindowOwner {

  private static final HWND HWND_MESSAGE = new HWND(Pointer.createConstant(-3L));
  private static final int WM_DESTROY = 0x0002;
  private static final int WM_WTSSESSION_CHANGE = 0x02B1;

  private WindowOwner() {}

  public static void main(String[] args) throws Exception {
    WNDCLASSEX windowClass = new WNDCLASSEX();
    windowClass.lpszClassName = WindowPoster.WINDOW_CLASS;
    windowClass.lpfnWndProc = (WindowProc) WindowOwner::receive;
    User32.INSTANCE.RegisterClassEx(windowClass);
    HWND window =
        User32.INSTANCE.CreateWindowEx(
            0, WindowPoster.WINDOW_CLASS, "owner", 0, 0, 0, 0, 0, HWND_MESSAGE, null, null, null);
    long handle = Pointer.nativeValue(window.getPointer());
    try (SessionMonitor first = listen("first", handle)) {
      System.out.println("first: " + first.problem().orElse("listening"));
    }
    Thread other = new Thread(() -> listenFromAnotherThread(handle), "another");
    other.setDaemon(true);
    other.start();
    MSG message = new MSG();
    while (User32.INSTANCE.GetMessage(message, null, 0, 0) > 0) {
      User32.INSTANCE.DispatchMessage(message);
    }
    other.join();
    System.out.println("owner: ends");
  }

  private static LRESULT receive(HWND window, int message, WPARAM wParam, LPARAM lParam) {
    if (message == WM_WTSSESSION_CHANGE) {
      System.out.println("owner: change " + wParam + " of " + lParam);
    } else if (message == WM_DESTROY) {
      User32.INSTANCE.PostQuitMessage(0);
    }
    return User32.INSTANCE.DefWindowProc(window, message, wParam, lParam);
  }

  private static SessionMonitor listen(String name, long window) throws Exception {
    return SessionMonitor.listen(
        window, SessionScope.ALL, Runnable::run, notification -> show(name, notification));
  }

  private static void show(String name, SessionNotification notification) {
    String what = notification.code().map(SessionCode::name).orElse("there is");
    System.out.println(name + ": " + what + " session " + notification.session().sessionId());
  }

  private static void listenFromAnotherThread(long window) {
    try (SessionMonitor second = listen("second", window)) {
      System.out.println("second: " + second.problem().orElse("listening"));
      CountDownLatch never = new CountDownLatch(1);
      while (second.problem().isEmpty()) {
        never.await(50, TimeUnit.MILLISECONDS);
      }
      System.out.println("second: " + second.problem().orElseThrow());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
