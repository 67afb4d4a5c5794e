package io.sessionbridge.windows.session;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.win32.StdCallLibrary;
import io.sessionbridge.windows.WindowsException;
import java.time.Duration;

/** Time of the last keyboard or mouse input in this program's own session. */
public final class LastInput {

  /** {@code winuser.h}, {@code sysinfoapi.h}. */
  interface User32 extends StdCallLibrary {
    User32 INSTANCE = Native.load("user32", User32.class);

    boolean GetLastInputInfo(Pointer info);
  }

  interface Kernel32 extends StdCallLibrary {
    Kernel32 INSTANCE = Native.load("kernel32", Kernel32.class);

    int GetTickCount();
  }

  /** {@code LASTINPUTINFO}: its size and the tick. */
  private static final int BYTES = 8;

  private LastInput() {}

  /**
   * Time since the last input, up to 49.7 days, after which it starts again at 0. Windows reports
   * it for the caller's own session only, and not to a service.
   *
   * @throws WindowsException if Windows does not report it
   */
  public static Duration ago() throws WindowsException {
    try (Memory info = new Memory(BYTES)) {
      info.setInt(0, BYTES);
      if (!User32.INSTANCE.GetLastInputInfo(info)) {
        throw WindowsException.of("GetLastInputInfo", Native.getLastError());
      }
      return between(info.getInt(4), Kernel32.INSTANCE.GetTickCount());
    }
  }

  /** Ticks are milliseconds that wrap at 32 bits. */
  static Duration between(int then, int now) {
    return Duration.ofMillis(Integer.toUnsignedLong(now - then));
  }
}
