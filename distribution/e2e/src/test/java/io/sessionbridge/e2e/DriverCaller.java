package io.sessionbridge.e2e;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import io.sessionbridge.windows.driver.DriverException;
import io.sessionbridge.windows.driver.DriverReader;
import io.sessionbridge.windows.driver.DriverStatistics;
import io.sessionbridge.windows.driver.InstalledDriver;
import java.io.IOException;
import java.util.Optional;

/**
 * Loads drivers and asks SessionBridge's, as lines of standard input say, and answers each with a
 * line.
 *
 * <pre>
 * create NAME FILE   0, or "error N"; in a group of their own, so that Wine loads them into one process
 * start NAME         0, or "error N"
 * stop NAME          0, or "error N"
 * delete NAME        0, or "error N"
 * statistics -       PUBLISHED LOST QUEUED PENDING REGISTERED STATUS, or what is wrong
 * open COUNT         the handles of this process before and after so many readers, one after the other
 * </pre>
 */
final class DriverCaller {

  /** What jna-platform lacks. */
  interface Handles extends StdCallLibrary {
    Handles INSTANCE = Native.load("kernel32", Handles.class);

    boolean GetProcessHandleCount(HANDLE process, IntByReference count);
  }

  private static final Advapi32 ADVAPI = Advapi32.INSTANCE;
  private static final HANDLE THIS_PROCESS = new HANDLE(Pointer.createConstant(-1));
  private static final String GROUP = "SessionBridgeTest";
  private static final int ALL_OF_MANAGER = 0xF003F;
  private static final int ALL = 0xF01FF;
  private static final int KERNEL_DRIVER = 1;
  private static final int DEMAND_START = 3;

  private DriverCaller() {}

  public static void main(String[] args) throws IOException {
    CommandLoop.run(DriverCaller::answer);
  }

  private static String answer(String[] command) {
    try {
      return switch (command[0]) {
        case "create" -> create(command[1], command[2]);
        case "statistics" -> statistics();
        case "open" -> open(Integer.parseInt(command[1]));
        default -> ask(command[0], command[1]);
      };
    } catch (DriverException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String create(String name, String file) {
    SC_HANDLE manager = ADVAPI.OpenSCManager(null, null, ALL_OF_MANAGER);
    SC_HANDLE service =
        ADVAPI.CreateService(
            manager,
            name,
            name,
            ALL,
            KERNEL_DRIVER,
            DEMAND_START,
            1,
            file,
            GROUP,
            null,
            null,
            null,
            null);
    String answer = result(service != null);
    if (service != null) {
      ADVAPI.CloseServiceHandle(service);
    }
    ADVAPI.CloseServiceHandle(manager);
    return answer;
  }

  private static String ask(String what, String name) {
    SC_HANDLE manager = ADVAPI.OpenSCManager(null, null, ALL_OF_MANAGER);
    SC_HANDLE service = ADVAPI.OpenService(manager, name, ALL);
    if (service == null) {
      return result(false);
    }
    String answer =
        switch (what) {
          case "start" -> result(ADVAPI.StartService(service, 0, null));
          case "stop" ->
              result(
                  ADVAPI.ControlService(
                      service, Winsvc.SERVICE_CONTROL_STOP, new SERVICE_STATUS()));
          case "delete" -> result(ADVAPI.DeleteService(service));
          default -> "unknown: " + what;
        };
    ADVAPI.CloseServiceHandle(service);
    ADVAPI.CloseServiceHandle(manager);
    return answer;
  }

  private static String result(boolean done) {
    return done ? "0" : "error " + Native.getLastError();
  }

  private static String statistics() throws DriverException {
    DriverStatistics now = new InstalledDriver().statistics();
    return "%d %d %d %d %b %08X"
        .formatted(
            now.published(),
            now.lost(),
            now.queued(),
            now.pending(),
            now.registered(),
            now.registerStatus());
  }

  private static String open(int count) throws DriverException {
    InstalledDriver driver = new InstalledDriver();
    driver.open(Optional.empty()).close();
    int before = handles();
    for (int i = 0; i < count; i++) {
      try (DriverReader reader = driver.open(Optional.empty())) {
        reader.stop();
        reader.read();
      }
    }
    return before + " " + handles();
  }

  private static int handles() {
    IntByReference count = new IntByReference();
    return Handles.INSTANCE.GetProcessHandleCount(THIS_PROCESS, count) ? count.getValue() : -1;
  }
}
