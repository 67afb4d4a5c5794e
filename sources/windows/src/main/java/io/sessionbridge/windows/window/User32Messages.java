package io.sessionbridge.windows.window;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.User32;
import com.sun.jna.platform.win32.WinDef.HINSTANCE;
import com.sun.jna.platform.win32.WinDef.HWND;
import com.sun.jna.platform.win32.WinDef.LPARAM;
import com.sun.jna.platform.win32.WinDef.LRESULT;
import com.sun.jna.platform.win32.WinDef.WPARAM;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinUser.MSG;
import com.sun.jna.platform.win32.WinUser.WNDCLASSEX;
import com.sun.jna.platform.win32.WinUser.WindowProc;
import com.sun.jna.platform.win32.Wtsapi32;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerSystem;
import io.sessionbridge.windows.power.User32Power;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages of user32.dll and registration of wtsapi32.dll. Calls and frees, no other logic. */
final class User32Messages implements MessageSystem {

  /** Functions that jna-platform lacks or declares without a result. */
  interface MoreUser32 extends StdCallLibrary {

    MoreUser32 INSTANCE = Native.load("user32", MoreUser32.class, W32APIOptions.DEFAULT_OPTIONS);

    boolean PostMessage(HWND window, int message, WPARAM wParam, LPARAM lParam);

    int MsgWaitForMultipleObjectsEx(
        int count, HANDLE @Nullable [] handles, int millis, int wakeMask, int flags);
  }

  private static final int ERROR_CLASS_HAS_WINDOWS = 1412;

  // winuser.h, winbase.h
  private static final int QS_ALLINPUT = 0x04FF;
  private static final int MWMO_INPUTAVAILABLE = 0x0004;
  private static final int PM_REMOVE = 0x0001;
  private static final int WM_QUIT = 0x0012;
  private static final int WAIT_TIMEOUT = 0x102;
  private static final int WAIT_FAILED = -1;
  private static final int INFINITE = -1;
  private static final int SYNCHRONIZE = 0x0010_0000;

  /** jna-platform's constant is not sign-extended, and thus not a valid parent on 64 bits. */
  private static final HWND HWND_MESSAGE = new HWND(Pointer.createConstant(-3L));

  /** Set by Windows once WTSRegisterSessionNotification may be called. */
  private static final String SERVICES_READY = "Global\\TermSrvReadyEvent";

  private static final byte[] NOTHING = {};

  private static final WPARAM NO_WPARAM = new WPARAM(0);
  private static final LPARAM NO_LPARAM = new LPARAM(0);

  @Override
  public MessageSystem.Window open(String className, Handler handler) throws WindowsException {
    return new OpenWindow(className, handler);
  }

  @Override
  public void unregisterClass(String className) {
    if (!User32.INSTANCE.UnregisterClass(className, module())) {
      int error = Native.getLastError();
      if (error == ERROR_CLASS_HAS_WINDOWS) {
        throw new IllegalStateException("window class " + className + " still has a window");
      }
    }
  }

  @Override
  public Optional<Long> ownSession() {
    return sessionOfProcess();
  }

  /** Not read directly: an invalid address would crash the process. */
  @Override
  public byte[] read(long address, int count) {
    try (Memory copy = new Memory(count)) {
      boolean readable =
          Kernel32.INSTANCE.ReadProcessMemory(
              Kernel32.INSTANCE.GetCurrentProcess(), new Pointer(address), copy, count, null);
      return readable ? copy.getByteArray(0, count) : NOTHING;
    }
  }

  static Optional<Long> sessionOfProcess() {
    IntByReference session = new IntByReference();
    int process = Kernel32.INSTANCE.GetCurrentProcessId();
    return Kernel32.INSTANCE.ProcessIdToSessionId(process, session)
        ? Optional.of(Integer.toUnsignedLong(session.getValue()))
        : Optional.empty();
  }

  /** Returns the error code, 0 if the window now receives changes. */
  static int register(HWND window, SessionScope scope) {
    int flags =
        scope == SessionScope.ALL
            ? Wtsapi32.NOTIFY_FOR_ALL_SESSIONS
            : Wtsapi32.NOTIFY_FOR_THIS_SESSION;
    if (Wtsapi32.INSTANCE.WTSRegisterSessionNotification(window, flags)) {
      return ErrorCode.NONE;
    }
    int error = Native.getLastError();
    return error == ErrorCode.NONE ? ErrorCode.RPC_S_INVALID_BINDING : error;
  }

  private static HINSTANCE module() {
    HINSTANCE module = new HINSTANCE();
    module.setPointer(Kernel32.INSTANCE.GetModuleHandle(null).getPointer());
    return module;
  }

  /** Keeps the class and its procedure, which Windows calls as long as the window exists. */
  private static final class OpenWindow implements MessageSystem.Window {
    private final WNDCLASSEX windowClass = new WNDCLASSEX();
    private final int threadId = Kernel32.INSTANCE.GetCurrentThreadId();
    private final MSG message = new MSG();
    private final Handler handler;
    private final HWND window;

    OpenWindow(String className, Handler handler) throws WindowsException {
      this.handler = handler;
      windowClass.hInstance = module();
      windowClass.lpszClassName = className;
      windowClass.lpfnWndProc = (WindowProc) this::receive;
      if (User32.INSTANCE.RegisterClassEx(windowClass).intValue() == 0) {
        throw WindowsException.of("RegisterClassEx", Native.getLastError());
      }
      window =
          User32.INSTANCE.CreateWindowEx(
              0,
              className,
              "SessionBridge",
              0,
              0,
              0,
              0,
              0,
              HWND_MESSAGE,
              null,
              windowClass.hInstance,
              null);
      if (window == null) {
        throw WindowsException.of("CreateWindowEx", Native.getLastError());
      }
    }

    private LRESULT receive(HWND target, int code, WPARAM wParam, LPARAM lParam) {
      return handler.handle(code, wParam.longValue(), lParam.longValue())
          ? new LRESULT(0)
          : User32.INSTANCE.DefWindowProc(target, code, wParam, lParam);
    }

    @Override
    public int register(SessionScope scope) {
      return User32Messages.register(window, scope);
    }

    @Override
    public void unregister() {
      // A failure needs no action: the registration ends with the window.
      Wtsapi32.INSTANCE.WTSUnRegisterSessionNotification(window);
    }

    @Override
    public PowerSystem power() {
      return User32Power.ofWindow(window.getPointer());
    }

    @Override
    public WakeReason await(long millis, boolean untilServicesReady) throws WindowsException {
      HANDLE ready = untilServicesReady ? openReadyEvent() : null;
      try {
        return await(millis, ready);
      } finally {
        if (ready != null) {
          Kernel32.INSTANCE.CloseHandle(ready);
        }
      }
    }

    private static @Nullable HANDLE openReadyEvent() {
      return Kernel32.INSTANCE.OpenEvent(SYNCHRONIZE, false, SERVICES_READY);
    }

    private static WakeReason await(long millis, @Nullable HANDLE ready) throws WindowsException {
      int result =
          MoreUser32.INSTANCE.MsgWaitForMultipleObjectsEx(
              ready == null ? 0 : 1,
              ready == null ? null : new HANDLE[] {ready},
              millis == FOREVER ? INFINITE : (int) millis,
              QS_ALLINPUT,
              MWMO_INPUTAVAILABLE);
      if (result == WAIT_FAILED) {
        throw WindowsException.of("MsgWaitForMultipleObjectsEx", Native.getLastError());
      }
      if (result == WAIT_TIMEOUT) {
        return WakeReason.BY_TIME;
      }
      return ready != null && result == 0 ? WakeReason.BY_SERVICES_READY : WakeReason.BY_MESSAGE;
    }

    @Override
    public boolean dispatchPending() {
      while (User32.INSTANCE.PeekMessage(message, null, 0, 0, PM_REMOVE)) {
        if (message.message == WM_QUIT) {
          return false;
        }
        User32.INSTANCE.DispatchMessage(message);
      }
      return true;
    }

    @Override
    public boolean exists() {
      return User32.INSTANCE.IsWindow(window);
    }

    @Override
    public void destroy() {
      User32.INSTANCE.DestroyWindow(window);
    }

    @Override
    public boolean post(int code) {
      return MoreUser32.INSTANCE.PostMessage(window, code, NO_WPARAM, NO_LPARAM);
    }

    @Override
    public void postQuit() {
      User32.INSTANCE.PostThreadMessage(threadId, WM_QUIT, NO_WPARAM, NO_LPARAM);
    }
  }
}
