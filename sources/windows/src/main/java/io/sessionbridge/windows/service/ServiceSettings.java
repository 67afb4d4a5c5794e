package io.sessionbridge.windows.service;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.ChangeServiceConfig2Info;
import com.sun.jna.platform.win32.Winsvc.SC_ACTION;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_DESCRIPTION;
import com.sun.jna.platform.win32.Winsvc.SERVICE_FAILURE_ACTIONS;
import java.time.Duration;
import java.util.List;

/** The structures of {@code ChangeServiceConfig2}. */
final class ServiceSettings {

  /** Fits SERVICE_FAILURE_ACTIONS_FLAG, SERVICE_SID_INFO and SERVICE_PRESHUTDOWN_INFO. */
  @FieldOrder("value")
  public static final class NumberInfo extends ChangeServiceConfig2Info {
    public int value;

    NumberInfo(int value) {
      this.value = value;
    }
  }

  /** SERVICE_REQUIRED_PRIVILEGES_INFO: a sequence of strings that ends with an empty one. */
  @FieldOrder("names")
  public static final class PrivilegesInfo extends ChangeServiceConfig2Info {
    public Pointer names;

    PrivilegesInfo(List<String> privileges) {
      String text = String.join("\0", privileges) + "\0";
      Memory memory = new Memory((text.length() + 1L) * Character.BYTES);
      memory.setWideString(0, text);
      this.names = memory;
    }
  }

  private static final int SERVICE_SID_TYPE_UNRESTRICTED = 1;

  private ServiceSettings() {}

  /** Returns false on failure; GetLastError has the error. */
  static boolean apply(SC_HANDLE service, ServiceInstallation wanted, ServiceSetting setting) {
    return switch (setting) {
      case DESCRIPTION -> {
        SERVICE_DESCRIPTION info = new SERVICE_DESCRIPTION();
        info.lpDescription = wanted.description();
        yield change(service, Winsvc.SERVICE_CONFIG_DESCRIPTION, info);
      }
      case FAILURE_ACTIONS ->
          change(service, Winsvc.SERVICE_CONFIG_FAILURE_ACTIONS, failureActions(wanted));
      case FAILURE_ACTIONS_ON_ERRORS ->
          change(service, Winsvc.SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, new NumberInfo(1));
      case PRESHUTDOWN ->
          change(
              service,
              Winsvc.SERVICE_CONFIG_PRESHUTDOWN_INFO,
              new NumberInfo(Math.toIntExact(wanted.preshutdown().toMillis())));
      case SERVICE_SID ->
          change(
              service,
              Winsvc.SERVICE_CONFIG_SERVICE_SID_INFO,
              new NumberInfo(SERVICE_SID_TYPE_UNRESTRICTED));
      case PRIVILEGES ->
          change(
              service,
              Winsvc.SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO,
              new PrivilegesInfo(wanted.privileges()));
      case EVENT_LOG -> throw new IllegalArgumentException("stored in the registry");
    };
  }

  private static SERVICE_FAILURE_ACTIONS failureActions(ServiceInstallation wanted) {
    List<Duration> restarts = wanted.restarts();
    SC_ACTION.ByReference first = new SC_ACTION.ByReference();
    SC_ACTION[] actions = (SC_ACTION[]) first.toArray(restarts.size());
    for (int i = 0; i < actions.length; i++) {
      actions[i].type = Winsvc.SC_ACTION_RESTART;
      actions[i].delay = Math.toIntExact(restarts.get(i).toMillis());
      actions[i].write();
    }
    SERVICE_FAILURE_ACTIONS info = new SERVICE_FAILURE_ACTIONS();
    info.dwResetPeriod = Math.toIntExact(wanted.failuresForgotten().toSeconds());
    info.cActions = actions.length;
    info.lpsaActions = first;
    return info;
  }

  private static boolean change(SC_HANDLE service, int level, ChangeServiceConfig2Info info) {
    return Advapi32.INSTANCE.ChangeServiceConfig2(service, level, info);
  }
}
