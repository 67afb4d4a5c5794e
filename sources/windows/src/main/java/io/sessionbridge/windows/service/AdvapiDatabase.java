package io.sessionbridge.windows.service;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_PROCESS;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.WindowsException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The service database, through advapi32.dll. Opens, calls and closes, no other logic. */
final class AdvapiDatabase implements ServiceDatabase {

  /** Functions that jna-platform lacks. */
  interface MoreAdvapi32 extends StdCallLibrary {

    MoreAdvapi32 INSTANCE =
        Native.load("advapi32", MoreAdvapi32.class, W32APIOptions.DEFAULT_OPTIONS);

    boolean ChangeServiceConfig(
        SC_HANDLE service,
        int type,
        int startType,
        int errorControl,
        @Nullable String commandLine,
        @Nullable String loadOrderGroup,
        @Nullable IntByReference tag,
        @Nullable String dependencies,
        @Nullable String account,
        @Nullable String password,
        @Nullable String displayName);

    boolean QueryServiceConfig(
        SC_HANDLE service, @Nullable Pointer config, int length, IntByReference needed);
  }

  /** Offset of {@code lpBinaryPathName} in {@code QUERY_SERVICE_CONFIGW}, 64 bits. */
  private static final int BINARY_PATH_NAME = 16;

  private static final Advapi32 ADVAPI = Advapi32.INSTANCE;

  @Override
  public int create(ServiceInstallation wanted) {
    return withManager(
        Winsvc.SC_MANAGER_CREATE_SERVICE,
        manager -> {
          SC_HANDLE service =
              ADVAPI.CreateService(
                  manager,
                  wanted.name(),
                  wanted.displayName(),
                  Winsvc.SERVICE_QUERY_STATUS,
                  WinNT.SERVICE_WIN32_OWN_PROCESS,
                  WinNT.SERVICE_AUTO_START,
                  WinNT.SERVICE_ERROR_NORMAL,
                  wanted.commandLine(),
                  null,
                  null,
                  null,
                  null,
                  null);
          if (service == null) {
            return Native.getLastError();
          }
          ADVAPI.CloseServiceHandle(service);
          return ErrorCode.NONE;
        });
  }

  @Override
  public int change(ServiceInstallation wanted) {
    return withService(
        wanted.name(),
        Winsvc.SERVICE_CHANGE_CONFIG,
        service ->
            error(
                MoreAdvapi32.INSTANCE.ChangeServiceConfig(
                    service,
                    WinNT.SERVICE_WIN32_OWN_PROCESS,
                    WinNT.SERVICE_AUTO_START,
                    WinNT.SERVICE_ERROR_NORMAL,
                    wanted.commandLine(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    wanted.displayName())));
  }

  @Override
  public Optional<String> commandLine(String name) {
    AtomicReference<@Nullable String> found = new AtomicReference<>();
    int unused =
        withService(
            name,
            Winsvc.SERVICE_QUERY_CONFIG,
            service -> {
              found.set(commandLine(service));
              return ErrorCode.NONE;
            });
    return Optional.ofNullable(found.get());
  }

  private static @Nullable String commandLine(SC_HANDLE service) {
    IntByReference needed = new IntByReference();
    MoreAdvapi32.INSTANCE.QueryServiceConfig(service, null, 0, needed);
    if (needed.getValue() <= BINARY_PATH_NAME) {
      return null;
    }
    try (Memory config = new Memory(needed.getValue())) {
      boolean read =
          MoreAdvapi32.INSTANCE.QueryServiceConfig(service, config, needed.getValue(), needed);
      return read ? config.getPointer(BINARY_PATH_NAME).getWideString(0) : null;
    }
  }

  @Override
  public int set(ServiceInstallation wanted, ServiceSetting setting) {
    if (setting == ServiceSetting.EVENT_LOG) {
      return EventLogSource.add(wanted.name(), wanted.messages());
    }
    return withService(
        wanted.name(),
        // A restart action requires the right to start the service.
        Winsvc.SERVICE_CHANGE_CONFIG | Winsvc.SERVICE_START,
        service -> error(ServiceSettings.apply(service, wanted, setting)));
  }

  @Override
  public int start(String name) {
    return withService(
        name, Winsvc.SERVICE_START, service -> error(ADVAPI.StartService(service, 0, null)));
  }

  @Override
  public int stop(String name) {
    return withService(
        name,
        Winsvc.SERVICE_STOP,
        service ->
            error(
                ADVAPI.ControlService(service, Winsvc.SERVICE_CONTROL_STOP, new SERVICE_STATUS())));
  }

  @Override
  public int delete(String name) {
    return withService(name, WinNT.DELETE, service -> error(ADVAPI.DeleteService(service)));
  }

  @Override
  public int removeEventLogSource(String name) {
    return EventLogSource.remove(name);
  }

  @Override
  public Optional<ServiceReport> report(String name) throws WindowsException {
    SERVICE_STATUS_PROCESS status = new SERVICE_STATUS_PROCESS();
    int error =
        withService(
            name,
            Winsvc.SERVICE_QUERY_STATUS,
            service ->
                error(
                    ADVAPI.QueryServiceStatusEx(
                        service,
                        Winsvc.SC_STATUS_TYPE.SC_STATUS_PROCESS_INFO,
                        status,
                        status.size(),
                        new IntByReference())));
    if (error == ErrorCode.SERVICE_DOES_NOT_EXIST) {
      return Optional.empty();
    }
    if (error != ErrorCode.NONE) {
      throw WindowsException.of("QueryServiceStatusEx", error);
    }
    return Optional.of(
        new ServiceReport(
            ServiceState.of(status.dwCurrentState),
            Integer.toUnsignedLong(status.dwProcessId),
            status.dwWin32ExitCode,
            status.dwServiceSpecificExitCode));
  }

  @Override
  public void pause(Duration time) throws WindowsException {
    try {
      boolean never = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
      assert !never;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WindowsException("interrupted while waiting for a service", e);
    }
  }

  private static int withService(String name, int rights, ToIntFunction<SC_HANDLE> call) {
    return withManager(
        Winsvc.SC_MANAGER_CONNECT,
        manager -> {
          SC_HANDLE service = ADVAPI.OpenService(manager, name, rights);
          if (service == null) {
            return Native.getLastError();
          }
          try {
            return call.applyAsInt(service);
          } finally {
            ADVAPI.CloseServiceHandle(service);
          }
        });
  }

  private static int withManager(int rights, ToIntFunction<SC_HANDLE> call) {
    SC_HANDLE manager = ADVAPI.OpenSCManager(null, null, rights);
    if (manager == null) {
      return Native.getLastError();
    }
    try {
      return call.applyAsInt(manager);
    } finally {
      ADVAPI.CloseServiceHandle(manager);
    }
  }

  private static int error(boolean succeeded) {
    return succeeded ? ErrorCode.NONE : Native.getLastError();
  }
}
