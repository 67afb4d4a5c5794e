package io.sessionbridge.e2e;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_PROCESS;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;

/**
 * Asks the service manager what no command of the product does, as lines of standard input say, and
 * answers each with a line. While it runs, Wine's Windows stays up.
 *
 * <pre>
 * control CODE   the state that the service answers with, or "error N"
 * status         STATE CONTROLS WIN32_ERROR OWN_ERROR, or "error N"
 * start          the milliseconds until the service runs, or "error N"
 * insert OPTION  0, or "error N"; gives the service's Java an option that no command gives it
 * delete         0, or "error N"; keeps a handle, so that the service stays half removed
 * release        0; lets that handle go
 * </pre>
 */
final class ServiceCaller {

  /** What jna-platform lacks. */
  interface Configuring extends StdCallLibrary {
    Configuring INSTANCE =
        Native.load("advapi32", Configuring.class, W32APIOptions.DEFAULT_OPTIONS);

    boolean QueryServiceConfig(
        SC_HANDLE service, Pointer config, int length, IntByReference needed);

    boolean ChangeServiceConfig(
        SC_HANDLE service,
        int type,
        int startType,
        int errorControl,
        String commandLine,
        String loadOrderGroup,
        IntByReference tag,
        String dependencies,
        String account,
        String password,
        String displayName);
  }

  /** Of {@code lpBinaryPathName} in {@code QUERY_SERVICE_CONFIGW}, 64 bits. */
  private static final int BINARY_PATH_NAME = 16;

  private static final int NO_CHANGE = -1;
  private static final Advapi32 ADVAPI = Advapi32.INSTANCE;
  private static final String SERVICE = "SessionBridge";
  private static final int ALL = 0xF01FF;
  private static final long PAUSE_NANOS = 20_000_000;

  private static SC_HANDLE kept;

  private ServiceCaller() {}

  public static void main(String[] args) throws IOException {
    CommandLoop.run(ServiceCaller::answer);
  }

  private static String answer(String[] command) {
    if (command[0].equals("release")) {
      ADVAPI.CloseServiceHandle(kept);
      return "0";
    }
    SC_HANDLE manager = ADVAPI.OpenSCManager(null, null, Winsvc.SC_MANAGER_CONNECT);
    SC_HANDLE service = ADVAPI.OpenService(manager, SERVICE, ALL);
    if (service == null) {
      return error();
    }
    return switch (command[0]) {
      case "control" -> {
        SERVICE_STATUS status = new SERVICE_STATUS();
        boolean good = ADVAPI.ControlService(service, Integer.parseInt(command[1]), status);
        yield closed(service, good ? Integer.toString(status.dwCurrentState) : error());
      }
      case "status" -> {
        SERVICE_STATUS_PROCESS status = new SERVICE_STATUS_PROCESS();
        boolean good =
            ADVAPI.QueryServiceStatusEx(service, 0, status, status.size(), new IntByReference());
        yield closed(
            service,
            good
                ? status.dwCurrentState
                    + " 0x"
                    + Integer.toHexString(status.dwControlsAccepted)
                    + " "
                    + status.dwWin32ExitCode
                    + " "
                    + status.dwServiceSpecificExitCode
                : error());
      }
      case "start" -> closed(service, start(service));
      case "insert" -> closed(service, insert(service, command[1]));
      case "delete" -> {
        kept = service;
        yield ADVAPI.DeleteService(service) ? "0" : error();
      }
      default -> "unknown command " + command[0];
    };
  }

  /** After the program, which is in quotation marks. */
  private static String insert(SC_HANDLE service, String option) {
    IntByReference needed = new IntByReference();
    Configuring.INSTANCE.QueryServiceConfig(service, null, 0, needed);
    try (Memory config = new Memory(needed.getValue())) {
      if (!Configuring.INSTANCE.QueryServiceConfig(service, config, needed.getValue(), needed)) {
        return error();
      }
      String line = config.getPointer(BINARY_PATH_NAME).getWideString(0);
      String longer = line.replaceFirst("\" ", Matcher.quoteReplacement("\" " + option + " "));
      return Configuring.INSTANCE.ChangeServiceConfig(
              service, NO_CHANGE, NO_CHANGE, NO_CHANGE, longer, null, null, null, null, null, null)
          ? "0"
          : error();
    }
  }

  private static String start(SC_HANDLE service) {
    SERVICE_STATUS_PROCESS status = new SERVICE_STATUS_PROCESS();
    long begin = System.nanoTime();
    if (!ADVAPI.StartService(service, 0, null)) {
      return error();
    }
    do {
      LockSupport.parkNanos(PAUSE_NANOS); // who asks all the time keeps the service from starting
      ADVAPI.QueryServiceStatusEx(service, 0, status, status.size(), new IntByReference());
    } while (status.dwCurrentState == Winsvc.SERVICE_START_PENDING);
    long millis = (System.nanoTime() - begin) / 1_000_000;
    return status.dwCurrentState == Winsvc.SERVICE_RUNNING
        ? Long.toString(millis)
        : "stopped after " + millis;
  }

  private static String closed(SC_HANDLE service, String answer) {
    ADVAPI.CloseServiceHandle(service);
    return answer;
  }

  private static String error() {
    return "error " + Native.getLastError();
  }
}
