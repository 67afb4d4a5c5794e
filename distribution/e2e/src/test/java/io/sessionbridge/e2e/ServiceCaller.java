package io.sessionbridge.e2e;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_PROCESS;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the service manager what no command of the product does, as lines of standard input say, and
 * answers each with a line. While it runs, Wine's Windows stays up.
 *
 * <pre>
 * control CODE   the state that the service answers with, or "error N"
 * status         STATE CONTROLS WIN32_ERROR OWN_ERROR, or "error N"
 * start          the milliseconds until the service runs, or "error N"
 * delete         0, or "error N"; keeps a handle, so that the service stays half removed
 * release        0; lets that handle go
 * </pre>
 */
final class ServiceCaller {

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
      case "delete" -> {
        kept = service;
        yield ADVAPI.DeleteService(service) ? "0" : error();
      }
      default -> "unknown command " + command[0];
    };
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
