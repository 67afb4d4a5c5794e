package io.sessionbridge.windows.pipe;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** Windows functions with plain pointers, limited to those that a pipe needs. */
final class PipeLibraries {

  private PipeLibraries() {}

  /** {@code namedpipeapi.h}, {@code ioapiset.h}, {@code synchapi.h}. */
  interface Kernel32 extends StdCallLibrary {
    Kernel32 INSTANCE = Native.load("kernel32", Kernel32.class);

    Pointer CreateNamedPipeW(
        WString name,
        int openMode,
        int pipeMode,
        int instances,
        int outBytes,
        int inBytes,
        int timeoutMillis,
        Pointer security);

    boolean ConnectNamedPipe(Pointer pipe, Pointer overlapped);

    boolean DisconnectNamedPipe(Pointer pipe);

    boolean WaitNamedPipeW(WString name, int millis);

    Pointer CreateFileW(
        WString name,
        int access,
        int share,
        @Nullable Pointer security,
        int disposition,
        int flags,
        @Nullable Pointer template);

    boolean ReadFile(
        Pointer file, Pointer buffer, int bytes, @Nullable IntByReference read, Pointer overlapped);

    boolean WriteFile(
        Pointer file,
        Pointer buffer,
        int bytes,
        @Nullable IntByReference written,
        Pointer overlapped);

    boolean GetOverlappedResult(
        Pointer file, Pointer overlapped, IntByReference bytes, boolean wait);

    boolean CancelIoEx(Pointer file, @Nullable Pointer overlapped);

    @Nullable Pointer CreateEventW(
        @Nullable Pointer security, boolean manual, boolean set, @Nullable WString name);

    boolean SetEvent(Pointer event);

    boolean ResetEvent(Pointer event);

    int WaitForSingleObject(Pointer handle, int millis);

    int WaitForMultipleObjects(int count, Pointer handles, boolean all, int millis);

    boolean CloseHandle(Pointer handle);

    Pointer GetCurrentThread();

    Pointer GetCurrentProcess();

    @Nullable Pointer LocalFree(Pointer memory);
  }

  /** {@code securitybaseapi.h}, {@code aclapi.h}, {@code sddl.h}. */
  interface Advapi32 extends StdCallLibrary {
    Advapi32 INSTANCE = Native.load("advapi32", Advapi32.class);

    boolean ConvertStringSecurityDescriptorToSecurityDescriptorW(
        WString text, int revision, PointerByReference descriptor, @Nullable IntByReference size);

    boolean ImpersonateNamedPipeClient(Pointer pipe);

    boolean RevertToSelf();

    boolean OpenThreadToken(
        Pointer thread, int access, boolean openAsSelf, PointerByReference token);

    boolean OpenProcessToken(Pointer process, int access, PointerByReference token);

    boolean GetTokenInformation(
        Pointer token, int infoClass, @Nullable Pointer info, int length, IntByReference needed);

    int GetSecurityInfo(
        Pointer handle,
        int objectType,
        int information,
        PointerByReference owner,
        @Nullable PointerByReference group,
        @Nullable PointerByReference dacl,
        @Nullable PointerByReference sacl,
        PointerByReference descriptor);
  }
}
