package io.sessionbridge.windows.power;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Power notifications of user32.dll, for a window or a service. Calls and frees, no other logic;
 * one thread at a time.
 */
public final class User32Power implements PowerSystem {

  /** Functions that jna-platform lacks. */
  interface PowerUser32 extends StdCallLibrary {

    @Nullable Pointer RegisterPowerSettingNotification(Pointer recipient, Pointer guid, int flags);

    boolean UnregisterPowerSettingNotification(Pointer registration);

    /** Windows 8 and later. */
    @Nullable Pointer RegisterSuspendResumeNotification(Pointer recipient, int flags);

    boolean UnregisterSuspendResumeNotification(Pointer registration);
  }

  // winuser.h
  private static final int DEVICE_NOTIFY_WINDOW_HANDLE = 0;
  private static final int DEVICE_NOTIFY_SERVICE_HANDLE = 1;

  private record Registration(PowerTopic topic, Pointer handle) {}

  private final Pointer recipient;
  private final int kind;
  private final List<Registration> registrations = new ArrayList<>();

  private User32Power(Pointer recipient, int kind) {
    this.recipient = recipient;
    this.kind = kind;
  }

  /** For a window procedure, a {@code HWND}. */
  public static User32Power ofWindow(Pointer window) {
    return new User32Power(window, DEVICE_NOTIFY_WINDOW_HANDLE);
  }

  /** For a service handler, a {@code SERVICE_STATUS_HANDLE}. */
  public static User32Power ofService(Pointer service) {
    return new User32Power(service, DEVICE_NOTIFY_SERVICE_HANDLE);
  }

  @Override
  public OptionalInt register(PowerTopic topic) {
    try {
      Native.setLastError(0); // an emulation of Windows may fail without setting an error
      Optional<Guid> setting = topic.guid();
      Pointer handle = setting.isPresent() ? registerSetting(setting.get()) : registerForSleep();
      if (handle == null) {
        return OptionalInt.of(Native.getLastError());
      }
      registrations.add(new Registration(topic, handle));
      return OptionalInt.empty();
    } catch (UnsatisfiedLinkError e) {
      return OptionalInt.of(ErrorCode.PROC_NOT_FOUND); // an older Windows
    }
  }

  private @Nullable Pointer registerSetting(Guid setting) {
    try (Memory guid = setting.toMemory()) {
      return user32().RegisterPowerSettingNotification(recipient, guid, kind);
    }
  }

  private @Nullable Pointer registerForSleep() {
    return user32().RegisterSuspendResumeNotification(recipient, kind);
  }

  /** Failures need no action: the recipient ends, or registers again. */
  @Override
  public void unregisterAll() {
    for (Registration registration : registrations) {
      if (registration.topic().guid().isPresent()) {
        user32().UnregisterPowerSettingNotification(registration.handle());
      } else {
        user32().UnregisterSuspendResumeNotification(registration.handle());
      }
    }
    registrations.clear();
  }

  /** Loaded on demand: a service has no other use for the library. */
  private static PowerUser32 user32() {
    return Native.load("user32", PowerUser32.class, W32APIOptions.DEFAULT_OPTIONS);
  }
}
