package io.sessionbridge.windows.window;

import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinDef.HWND;
import com.sun.jna.platform.win32.Wtsapi32;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.win32.StdCallLibrary;
import io.sessionbridge.windows.WindowsException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Subclasses a window of this process, 64-bit only. Calls Windows, no other logic. */
final class User32Hook implements WindowHook {

  /** A window's procedure, {@code WNDPROC}. */
  interface Procedure extends StdCallLibrary.StdCallCallback {
    long callback(Pointer window, int message, long wParam, long lParam);
  }

  /** {@code winuser.h}, with plain pointers. */
  interface Windows extends StdCallLibrary {
    Windows INSTANCE = Native.load("user32", Windows.class);

    Pointer SetWindowLongPtrW(Pointer window, int index, Procedure procedure);

    Pointer SetWindowLongPtrW(Pointer window, int index, Pointer procedure);

    Pointer GetWindowLongPtrW(Pointer window, int index);

    long CallWindowProcW(Pointer former, Pointer window, int message, long wParam, long lParam);

    long DefWindowProcW(Pointer window, int message, long wParam, long lParam);

    int GetWindowThreadProcessId(Pointer window, IntByReference process);

    int RegisterWindowMessageW(char[] name);

    long SendMessageTimeoutW(
        Pointer window,
        int message,
        long wParam,
        long lParam,
        int flags,
        int millis,
        LongByReference result);

    boolean PostMessageW(Pointer window, int message, long wParam, long lParam);

    long SetTimer(Pointer window, long number, int millis, @Nullable Pointer procedure);

    boolean KillTimer(Pointer window, long number);
  }

  private static final int GWLP_WNDPROC = -4;
  private static final int SMTO_ABORTIFHUNG = 0x0002;
  private static final int ANSWER_MILLIS = 10_000;

  /**
   * Every procedure ever installed: other code may have kept the address of one, and a call to a
   * collected one crashes the process. They are few and small.
   */
  private static final Set<Procedure> HELD = ConcurrentHashMap.newKeySet();

  private final Pointer window;
  private final int request;
  private volatile @Nullable Pointer installed;
  private volatile @Nullable Pointer former;

  User32Hook(long window) {
    this.window = new Pointer(window);
    this.request = Windows.INSTANCE.RegisterWindowMessageW("SessionBridge.Request\0".toCharArray());
  }

  @Override
  public void install(Handler handler) throws WindowsException {
    IntByReference process = new IntByReference();
    if (Windows.INSTANCE.GetWindowThreadProcessId(window, process) == 0) {
      throw new WindowsException("there is no such window");
    }
    if (process.getValue() != Kernel32.INSTANCE.GetCurrentProcessId()) {
      throw new WindowsException("the window belongs to another process");
    }
    former = Windows.INSTANCE.GetWindowLongPtrW(window, GWLP_WNDPROC);
    Procedure made =
        (target, message, wParam, lParam) -> {
          handler.handle(message, wParam, lParam);
          return pass(target, message, wParam, lParam);
        };
    // The thread owns the window and stays attached, because the next message will follow.
    Native.setCallbackThreadInitializer(
        made, new CallbackThreadInitializer(true, false, "session-window"));
    HELD.add(made);
    Native.setLastError(0);
    Pointer replaced = Windows.INSTANCE.SetWindowLongPtrW(window, GWLP_WNDPROC, made);
    if (replaced == null) {
      throw WindowsException.of("SetWindowLongPtr", Native.getLastError());
    }
    former = replaced;
    installed = Windows.INSTANCE.GetWindowLongPtrW(window, GWLP_WNDPROC);
  }

  private long pass(Pointer target, int message, long wParam, long lParam) {
    Pointer next = former;
    return next == null
        ? Windows.INSTANCE.DefWindowProcW(target, message, wParam, lParam)
        : Windows.INSTANCE.CallWindowProcW(next, target, message, wParam, lParam);
  }

  /** If another procedure was installed since, this one stays and passes everything on. */
  @Override
  public void remove() {
    Pointer now = Windows.INSTANCE.GetWindowLongPtrW(window, GWLP_WNDPROC);
    Pointer before = former;
    if (before != null && now != null && now.equals(installed)) {
      Windows.INSTANCE.SetWindowLongPtrW(window, GWLP_WNDPROC, before);
    }
  }

  @Override
  public int request() {
    return request;
  }

  @Override
  public boolean send(long wParam, long lParam) {
    return Windows.INSTANCE.SendMessageTimeoutW(
            window, request, wParam, lParam, SMTO_ABORTIFHUNG, ANSWER_MILLIS, new LongByReference())
        != 0;
  }

  @Override
  public void post(long wParam, long lParam) {
    Windows.INSTANCE.PostMessageW(window, request, wParam, lParam);
  }

  @Override
  public int register(SessionScope scope) {
    return User32Messages.register(new HWND(window), scope);
  }

  @Override
  public void unregister() {
    // A failure needs no action.
    Wtsapi32.INSTANCE.WTSUnRegisterSessionNotification(new HWND(window));
  }

  @Override
  public void startTimer(long number, long millis) {
    Windows.INSTANCE.SetTimer(window, number, (int) millis, null);
  }

  @Override
  public void stopTimer(long number) {
    Windows.INSTANCE.KillTimer(window, number);
  }

  @Override
  public Optional<Long> ownSession() {
    return User32Messages.sessionOfProcess();
  }
}
