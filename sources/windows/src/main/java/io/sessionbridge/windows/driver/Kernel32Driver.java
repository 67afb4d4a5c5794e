package io.sessionbridge.windows.driver;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** {@code fileapi.h}, {@code ioapiset.h}, {@code synchapi.h}; with plain pointers. */
interface Kernel32Driver extends StdCallLibrary {
  Kernel32Driver INSTANCE = Native.load("kernel32", Kernel32Driver.class);

  Pointer CreateFileW(
      WString name,
      int access,
      int share,
      @Nullable Pointer security,
      int disposition,
      int flags,
      @Nullable Pointer template);

  boolean DeviceIoControl(
      Pointer device,
      int code,
      @Nullable Pointer input,
      int inputBytes,
      @Nullable Pointer output,
      int outputBytes,
      @Nullable Pointer returned,
      Pointer overlapped);

  boolean GetOverlappedResult(
      Pointer device, Pointer overlapped, IntByReference bytes, boolean wait);

  boolean CancelIoEx(Pointer device, Pointer overlapped);

  @Nullable Pointer CreateEventW(
      @Nullable Pointer security, boolean manual, boolean set, @Nullable WString name);

  boolean SetEvent(Pointer event);

  boolean ResetEvent(Pointer event);

  int WaitForMultipleObjects(int count, Pointer[] handles, boolean all, int millis);

  boolean CloseHandle(Pointer handle);
}
