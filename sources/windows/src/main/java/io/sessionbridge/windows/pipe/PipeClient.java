package io.sessionbridge.windows.pipe;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import io.sessionbridge.windows.pipe.PipeLibraries.Kernel32;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Opens pipes of this machine. The server can identify the client but not act in its name. The
 * client accepts only a server that is the system's, an administrator's or its own user's.
 */
public final class PipeClient {

  // winnt.h, winbase.h
  private static final int GENERIC_READ = 0x8000_0000;
  private static final int FILE_WRITE_DATA = 0x2;
  private static final int OPEN_EXISTING = 3;
  private static final int FILE_FLAG_OVERLAPPED = 0x4000_0000;
  private static final int SECURITY_SQOS_PRESENT = 0x0010_0000;
  private static final int SECURITY_IDENTIFICATION = 0x0001_0000;
  private static final long INVALID_HANDLE = -1;

  // winerror.h
  private static final int ERROR_FILE_NOT_FOUND = 2;
  private static final int ERROR_PIPE_BUSY = 231;

  private PipeClient() {}

  /**
   * Opens a pipe.
   *
   * @param name with its prefix {@code \\.\pipe\}
   * @param atMost how long to wait while every instance has a client
   * @throws PipeException if there is no such pipe, or its server is not trusted
   */
  public static PipeEnd open(String name, Duration atMost) throws IOException {
    String own = PipeIdentity.own();
    Pointer handle = handle(name, atMost);
    boolean opened = false;
    try {
      String owner = PipeIdentity.owner(handle);
      if (!isTrusted(owner, own)) {
        throw new PipeException(
            name + " belongs to " + owner + ", who is neither the system nor an administrator");
      }
      PipeEnd end =
          new PipeEnd(handle, own, Duration.ZERO, () -> Kernel32.INSTANCE.CloseHandle(handle));
      opened = true;
      return end;
    } finally {
      if (!opened) {
        Kernel32.INSTANCE.CloseHandle(handle);
      }
    }
  }

  /** The client's own account may also be the system's. */
  static boolean isTrusted(String owner, String own) {
    return List.of(own, PipeIdentity.LOCAL_SYSTEM, PipeIdentity.ADMINISTRATORS).contains(owner);
  }

  private static Pointer handle(String name, Duration atMost) throws PipeException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      Pointer handle =
          Kernel32.INSTANCE.CreateFileW(
              new WString(name),
              GENERIC_READ | FILE_WRITE_DATA,
              0,
              null,
              OPEN_EXISTING,
              FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION,
              null);
      if (Pointer.nativeValue(handle) != INVALID_HANDLE) {
        return handle;
      }
      int error = Native.getLastError();
      long left = (end - System.nanoTime()) / 1_000_000;
      if (error == ERROR_FILE_NOT_FOUND) {
        throw PipeException.notFound(name);
      }
      if (error != ERROR_PIPE_BUSY || left <= 0) {
        throw new PipeException("opening " + name, error);
      }
      Kernel32.INSTANCE.WaitNamedPipeW(new WString(name), (int) Math.min(left, 1_000));
    }
  }
}
