package io.sessionbridge.windows.process;

import com.sun.jna.Callback;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** Windows functions with plain pointers, limited to those that a program needs. */
final class ProcessLibraries {

  private ProcessLibraries() {}

  /** {@code processthreadsapi.h}, {@code jobapi2.h}, {@code namedpipeapi.h}. */
  interface Kernel32 extends StdCallLibrary {
    Kernel32 INSTANCE = Native.load("kernel32", Kernel32.class);

    @Nullable Pointer CreateJobObjectW(@Nullable Pointer security, @Nullable WString name);

    boolean SetInformationJobObject(Pointer job, int infoClass, Pointer info, int length);

    boolean QueryInformationJobObject(
        Pointer job, int infoClass, Pointer info, int length, @Nullable IntByReference needed);

    boolean AssignProcessToJobObject(Pointer job, Pointer process);

    boolean TerminateJobObject(Pointer job, int code);

    boolean CreateProcessW(
        @Nullable WString application,
        Memory commandLine,
        @Nullable Pointer processSecurity,
        @Nullable Pointer threadSecurity,
        boolean inheritHandles,
        int flags,
        @Nullable Pointer environment,
        @Nullable WString folder,
        Pointer startupInfo,
        Pointer processInformation);

    boolean InitializeProcThreadAttributeList(
        @Nullable Pointer list, int count, int flags, LongByReference size);

    boolean UpdateProcThreadAttribute(
        Pointer list,
        int flags,
        Pointer attribute,
        Pointer value,
        Pointer size,
        @Nullable Pointer previous,
        @Nullable Pointer returned);

    void DeleteProcThreadAttributeList(Pointer list);

    int ResumeThread(Pointer thread);

    boolean SetPriorityClass(Pointer process, int priority);

    @Nullable Pointer OpenProcess(int access, boolean inherit, int pid);

    Pointer GetCurrentProcess();

    int WaitForSingleObject(Pointer handle, int millis);

    boolean TerminateProcess(Pointer process, int code);

    boolean GetExitCodeProcess(Pointer process, IntByReference code);

    boolean CreatePipe(
        PointerByReference read,
        PointerByReference write,
        @Nullable Pointer security,
        int sizeHint);

    boolean SetHandleInformation(Pointer handle, int mask, int flags);

    boolean DuplicateHandle(
        Pointer fromProcess,
        Pointer from,
        Pointer toProcess,
        PointerByReference to,
        int access,
        boolean inherit,
        int options);

    @Nullable Pointer GetStdHandle(int which);

    boolean ReadFile(
        Pointer file, Pointer buffer, int bytes, IntByReference read, @Nullable Pointer overlapped);

    boolean WriteFile(
        Pointer file,
        Pointer buffer,
        int bytes,
        IntByReference written,
        @Nullable Pointer overlapped);

    boolean CloseHandle(Pointer handle);

    boolean FreeConsole();

    boolean AttachConsole(int pid);

    boolean SetConsoleCtrlHandler(@Nullable Pointer handler, boolean add);

    boolean GenerateConsoleCtrlEvent(int event, int group);
  }

  /** {@code securitybaseapi.h}, {@code processthreadsapi.h}. */
  interface Advapi32 extends StdCallLibrary {
    Advapi32 INSTANCE = Native.load("advapi32", Advapi32.class);

    boolean CreateProcessAsUserW(
        Pointer token,
        @Nullable WString application,
        Memory commandLine,
        @Nullable Pointer processSecurity,
        @Nullable Pointer threadSecurity,
        boolean inheritHandles,
        int flags,
        @Nullable Pointer environment,
        @Nullable WString folder,
        Pointer startupInfo,
        Pointer processInformation);

    boolean OpenProcessToken(Pointer process, int access, PointerByReference token);

    boolean DuplicateTokenEx(
        Pointer token,
        int access,
        @Nullable Pointer security,
        int level,
        int type,
        PointerByReference duplicate);

    boolean GetTokenInformation(
        Pointer token, int infoClass, @Nullable Pointer info, int length, IntByReference needed);
  }

  /** {@code winbase.h}. */
  interface Accounts extends StdCallLibrary {
    Accounts INSTANCE = Native.load("advapi32", Accounts.class);

    boolean LookupAccountSidW(
        @Nullable WString system,
        Pointer sid,
        char[] name,
        IntByReference nameLength,
        char[] domain,
        IntByReference domainLength,
        IntByReference use);
  }

  /** {@code wtsapi32.h}. */
  interface Wtsapi32 extends StdCallLibrary {
    Wtsapi32 INSTANCE = Native.load("wtsapi32", Wtsapi32.class);

    boolean WTSQueryUserToken(int session, PointerByReference token);
  }

  /** {@code userenv.h}. */
  interface Userenv extends StdCallLibrary {
    Userenv INSTANCE = Native.load("userenv", Userenv.class);

    boolean CreateEnvironmentBlock(
        PointerByReference environment, @Nullable Pointer token, boolean inherit);

    boolean DestroyEnvironmentBlock(Pointer environment);
  }

  /** Undocumented, but the only way to suspend all threads of another process. */
  interface Ntdll extends StdCallLibrary {
    Ntdll INSTANCE = Native.load("ntdll", Ntdll.class);

    int NtSuspendProcess(Pointer process);

    int NtResumeProcess(Pointer process);
  }

  /** {@code winuser.h}. */
  interface User32 extends StdCallLibrary {
    User32 INSTANCE = Native.load("user32", User32.class);

    /** A {@code WNDENUMPROC}. */
    interface EachWindow extends StdCallCallback, Callback {
      boolean callback(Pointer window, @Nullable Pointer data);
    }

    boolean EnumWindows(EachWindow each, @Nullable Pointer data);

    int GetWindowThreadProcessId(Pointer window, IntByReference pid);

    boolean PostMessageW(
        Pointer window, int message, @Nullable Pointer wide, @Nullable Pointer param);
  }
}
