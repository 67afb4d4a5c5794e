package io.sessionbridge.windows.driver;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.service.ServiceManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The operations on this machine. */
final class WindowsDriverHost implements DriverHost {

  /** {@code winternl.h}; results are NTSTATUS. */
  interface Ntdll extends StdCallLibrary {
    Ntdll INSTANCE = Native.load("ntdll", Ntdll.class);

    int RtlGetVersion(Pointer version);

    int NtQuerySystemInformation(int infoClass, Pointer info, int length, IntByReference needed);
  }

  private static final int VERSION_BYTES = 276; // OSVERSIONINFOW
  private static final int BUILD_OFFSET = 12;
  private static final int CODE_INTEGRITY = 103; // SystemCodeIntegrityInformation
  private static final int ENABLED = 0x1; // CODEINTEGRITY_OPTION_ENABLED
  private static final int TEST_SIGNING = 0x2; // CODEINTEGRITY_OPTION_TESTSIGN
  private static final String SECURE_BOOT = "SYSTEM\\CurrentControlSet\\Control\\SecureBoot\\State";
  private static final String IS_ENABLED = "UEFISecureBootEnabled";
  private static final int SYSTEM_START = 1; // SERVICE_SYSTEM_START

  @Override
  public DriverMachine machine() {
    int integrity = integrity();
    return new DriverMachine(
        System.getProperty("os.arch", "").toLowerCase(Locale.ROOT).equals("amd64"),
        build(),
        (integrity & ENABLED) != 0,
        (integrity & TEST_SIGNING) != 0,
        secureBoot());
  }

  private static int build() {
    try (Memory version = new Memory(VERSION_BYTES)) {
      version.clear();
      version.setInt(0, VERSION_BYTES);
      return Ntdll.INSTANCE.RtlGetVersion(version) == 0 ? version.getInt(BUILD_OFFSET) : 0;
    }
  }

  /** Returns 0 if Windows does not report it, as under Wine. */
  private static int integrity() {
    try (Memory info = new Memory(8)) {
      info.setInt(0, 8);
      info.setInt(4, 0);
      int status =
          Ntdll.INSTANCE.NtQuerySystemInformation(CODE_INTEGRITY, info, 8, new IntByReference());
      return status == 0 ? info.getInt(4) : 0;
    }
  }

  private static Optional<Boolean> secureBoot() {
    return Advapi32Util.registryValueExists(WinReg.HKEY_LOCAL_MACHINE, SECURE_BOOT, IS_ENABLED)
        ? Optional.of(
            Advapi32Util.registryGetIntValue(WinReg.HKEY_LOCAL_MACHINE, SECURE_BOOT, IS_ENABLED)
                != 0)
        : Optional.empty();
  }

  @Override
  public boolean hasReader() {
    try {
      return new InstalledDriver().statistics().hasReader();
    } catch (DriverException e) {
      return false; // the stop of the service reports the error, too
    }
  }

  @Override
  public Path folder() {
    return Path.of(
        System.getenv().getOrDefault("SystemRoot", "C:\\Windows"), "System32", "drivers");
  }

  @Override
  public int create(Path driver) {
    SC_HANDLE manager =
        Advapi32.INSTANCE.OpenSCManager(null, null, Winsvc.SC_MANAGER_CREATE_SERVICE);
    if (manager == null) {
      return Native.getLastError();
    }
    SC_HANDLE service =
        Advapi32.INSTANCE.CreateService(
            manager,
            SessionDriver.SERVICE,
            "SessionBridge driver",
            Winsvc.SERVICE_QUERY_STATUS,
            WinNT.SERVICE_KERNEL_DRIVER,
            SYSTEM_START,
            WinNT.SERVICE_ERROR_NORMAL,
            driver.toString(),
            null,
            null,
            null,
            null,
            null);
    int error = service == null ? Native.getLastError() : ErrorCode.NONE;
    if (service != null) {
      Advapi32.INSTANCE.CloseServiceHandle(service);
    }
    Advapi32.INSTANCE.CloseServiceHandle(manager);
    return error;
  }

  @Override
  public int start() {
    SC_HANDLE manager = Advapi32.INSTANCE.OpenSCManager(null, null, Winsvc.SC_MANAGER_CONNECT);
    if (manager == null) {
      return Native.getLastError();
    }
    SC_HANDLE service =
        Advapi32.INSTANCE.OpenService(manager, SessionDriver.SERVICE, Winsvc.SERVICE_START);
    boolean done = service != null && Advapi32.INSTANCE.StartService(service, 0, null);
    int error = done ? ErrorCode.NONE : Native.getLastError();
    if (service != null) {
      Advapi32.INSTANCE.CloseServiceHandle(service);
    }
    Advapi32.INSTANCE.CloseServiceHandle(manager);
    return error;
  }

  @Override
  public void remove(Consumer<String> progress) throws WindowsException {
    new ServiceManager(progress).uninstall(SessionDriver.SERVICE);
  }

  @Override
  public void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
