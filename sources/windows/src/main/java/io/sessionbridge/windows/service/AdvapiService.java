package io.sessionbridge.windows.service;

import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Winsvc.HandlerEx;
import com.sun.jna.platform.win32.Winsvc.SERVICE_MAIN_FUNCTION;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS;
import com.sun.jna.platform.win32.Winsvc.SERVICE_TABLE_ENTRY;
import com.sun.jna.win32.DLLCallback;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerTopic;
import io.sessionbridge.windows.power.User32Power;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Service calls of advapi32.dll. Calls and frees, no other logic. */
final class AdvapiService implements ServiceSystem {

  /**
   * Only the functions in use. jna-platform declares all of advapi32.dll, for which Java would load
   * hundreds of classes while Windows waits for the service.
   */
  interface ServiceAdvapi32 extends StdCallLibrary {

    ServiceAdvapi32 INSTANCE =
        Native.load("advapi32", ServiceAdvapi32.class, W32APIOptions.DEFAULT_OPTIONS);

    boolean StartServiceCtrlDispatcher(SERVICE_TABLE_ENTRY[] table);

    @Nullable Pointer RegisterServiceCtrlHandlerEx(
        String name, HandlerEx handler, @Nullable Pointer context);

    boolean SetServiceStatus(Pointer handle, SERVICE_STATUS status);
  }

  /** The native handler. A DLL callback, because Windows 7 looks up the module of the address. */
  static final class NativeHandler implements HandlerEx, DLLCallback {
    private final Handler handler;

    NativeHandler(Handler handler) {
      this.handler = handler;
    }

    @Override
    public int callback(
        int control, int eventType, @Nullable Pointer data, @Nullable Pointer context) {
      try {
        return handler.handle(
            control, eventType, count -> data == null ? NOTHING : data.getByteArray(0, count));
      } catch (RuntimeException | Error e) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        return ErrorCode.NONE;
      }
    }
  }

  private static final byte[] NOTHING = {};

  // winnt.h, winerror.h
  private static final int SERVICE_WIN32_OWN_PROCESS = 0x10;
  private static final int ERROR_SERVICE_SPECIFIC_ERROR = 1066;

  /** Callbacks that Windows uses as long as the process lives; a collected one would crash it. */
  private static final List<Object> HELD = new CopyOnWriteArrayList<>();

  private volatile @Nullable Pointer handle;
  private @Nullable User32Power power;

  @Override
  public int dispatch(String name, Runnable main) {
    SERVICE_MAIN_FUNCTION function = (count, arguments) -> main.run();
    Native.setCallbackThreadInitializer(
        function, new CallbackThreadInitializer(false, true, "service-main"));
    SERVICE_TABLE_ENTRY[] entries =
        (SERVICE_TABLE_ENTRY[])
            new SERVICE_TABLE_ENTRY().toArray(2); // the last entry terminates the table
    entries[0].lpServiceName = name;
    entries[0].lpServiceProc = function;
    HELD.add(entries);
    HELD.add(function);
    return ServiceAdvapi32.INSTANCE.StartServiceCtrlDispatcher(entries)
        ? ErrorCode.NONE
        : Native.getLastError();
  }

  @Override
  public void register(String name, Handler handler) throws WindowsException {
    NativeHandler callback = new NativeHandler(handler);
    HELD.add(callback);
    // Attached permanently: 50 times cheaper than attaching the thread for each control.
    Native.setCallbackThreadInitializer(
        callback, new CallbackThreadInitializer(true, false, "scm-handler"));
    Pointer registered =
        ServiceAdvapi32.INSTANCE.RegisterServiceCtrlHandlerEx(name, callback, null);
    if (registered == null) {
      throw WindowsException.of("RegisterServiceCtrlHandlerEx", Native.getLastError());
    }
    handle = registered;
    power = User32Power.ofService(registered);
  }

  @Override
  public void report(ServiceStatus status) throws WindowsException {
    SERVICE_STATUS copy = new SERVICE_STATUS();
    copy.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
    copy.dwCurrentState = status.state().value();
    copy.dwControlsAccepted = status.controls();
    copy.dwWin32ExitCode = status.error() == 0 ? 0 : ERROR_SERVICE_SPECIFIC_ERROR;
    copy.dwServiceSpecificExitCode = status.error();
    copy.dwCheckPoint = status.checkPoint();
    copy.dwWaitHint = status.waitHintMillis();
    if (!ServiceAdvapi32.INSTANCE.SetServiceStatus(Objects.requireNonNull(handle), copy)) {
      throw WindowsException.of("SetServiceStatus", Native.getLastError());
    }
  }

  @Override
  public OptionalInt register(PowerTopic topic) {
    return Objects.requireNonNull(power).register(topic);
  }

  @Override
  public void unregisterAll() {
    if (power != null) {
      power.unregisterAll();
    }
  }

  @Override
  public void logError(String name, String text) {
    EventLog.error(name, text);
  }

  @Override
  public void abort() {
    Runtime.getRuntime().halt(1);
  }
}
