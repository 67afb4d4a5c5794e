package io.sessionbridge.windows.session.calls;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** Windows functions with plain pointers, so that the results are decoded in one place. */
public final class WindowsLibraries {

  private WindowsLibraries() {}

  /** {@code wtsapi32.h}. The server is always null, this machine. */
  interface Wtsapi32 extends StdCallLibrary {
    Wtsapi32 INSTANCE = Native.load("wtsapi32", Wtsapi32.class);

    boolean WTSEnumerateSessionsW(
        @Nullable Pointer server,
        int reserved,
        int version,
        PointerByReference sessions,
        IntByReference count);

    boolean WTSQuerySessionInformationW(
        @Nullable Pointer server,
        int session,
        int infoClass,
        PointerByReference buffer,
        IntByReference bytes);

    boolean WTSQueryUserToken(int session, PointerByReference token);

    void WTSFreeMemory(Pointer memory);
  }

  /** {@code processthreadsapi.h}, {@code securitybaseapi.h}. */
  interface Advapi32 extends StdCallLibrary {
    Advapi32 INSTANCE = Native.load("advapi32", Advapi32.class);

    boolean OpenProcessToken(Pointer process, int access, PointerByReference token);

    boolean GetTokenInformation(
        Pointer token, int infoClass, @Nullable Pointer info, int length, IntByReference needed);
  }

  /** {@code ntsecapi.h}; results are NTSTATUS. */
  interface Secur32 extends StdCallLibrary {
    Secur32 INSTANCE = Native.load("secur32", Secur32.class);

    int LsaGetLogonSessionData(Pointer logonId, PointerByReference data);

    int LsaFreeReturnBuffer(Pointer buffer);
  }

  /** {@code winternl.h}; results are NTSTATUS. */
  interface Ntdll extends StdCallLibrary {
    Ntdll INSTANCE = Native.load("ntdll", Ntdll.class);

    int RtlGetVersion(Pointer version);

    int NtQuerySystemInformation(
        int infoClass, Pointer info, int length, @Nullable IntByReference needed);
  }

  /** Functions of {@code kernel32.dll} that jna-platform lacks. */
  public interface Kernel32 extends StdCallLibrary {
    Kernel32 INSTANCE = Native.load("kernel32", Kernel32.class);

    boolean CloseHandle(Pointer handle);

    Pointer GetCurrentProcess();

    int GetCurrentProcessId();

    boolean ProcessIdToSessionId(int process, IntByReference session);

    void SetLastError(int error);

    boolean GetComputerNameExW(int format, @Nullable Pointer name, IntByReference chars);

    int GetSystemFirmwareTable(int provider, int table, @Nullable Pointer buffer, int bytes);

    long GetTickCount64();
  }

  /** {@code winuser.h}. */
  interface User32 extends StdCallLibrary {
    User32 INSTANCE = Native.load("user32", User32.class);

    int GetSystemMetrics(int index);
  }
}
