package io.sessionbridge.windows.pipe;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.pipe.PipeLibraries.Advapi32;
import io.sessionbridge.windows.pipe.PipeLibraries.Kernel32;
import io.sessionbridge.windows.session.decode.Sid;
import java.util.Optional;

/** Identifies the ends of a pipe. Calls and frees, no other logic. */
final class PipeIdentity {

  static final String LOCAL_SYSTEM = "S-1-5-18";
  static final String ADMINISTRATORS = "S-1-5-32-544";

  // winnt.h, winerror.h, accctrl.h
  private static final int TOKEN_QUERY = 0x8;
  private static final int TOKEN_USER = 1;
  private static final int TOKEN_GROUPS = 2;
  private static final int TOKEN_SESSION_ID = 12;
  private static final int SE_GROUP_ENABLED = 0x4;
  private static final int SE_KERNEL_OBJECT = 6;
  private static final int OWNER_SECURITY_INFORMATION = 0x1;
  private static final int ERROR_INSUFFICIENT_BUFFER = 122;
  private static final int ERROR_CANNOT_IMPERSONATE = 1368;

  /** {@code TOKEN_GROUPS}: a count, padding, then pairs of a pointer and attributes. */
  private static final int GROUPS_AT = 8;

  private static final int GROUP_BYTES = 16;

  private PipeIdentity() {}

  /**
   * Identifies the client; empty until something was read from the pipe.
   *
   * @param pipe the server's end
   * @param own the server's account
   */
  static Optional<PipePeer> ofClient(Pointer pipe, String own) throws PipeException {
    Pointer token;
    if (!Advapi32.INSTANCE.ImpersonateNamedPipeClient(pipe)) {
      int error = Native.getLastError();
      if (error == ERROR_CANNOT_IMPERSONATE) {
        return Optional.empty();
      }
      throw new PipeException("ImpersonateNamedPipeClient", error);
    }
    try {
      PointerByReference opened = new PointerByReference();
      if (!Advapi32.INSTANCE.OpenThreadToken(
          Kernel32.INSTANCE.GetCurrentThread(), TOKEN_QUERY, true, opened)) {
        throw new PipeException("OpenThreadToken", Native.getLastError());
      }
      token = opened.getValue();
    } finally {
      if (!Advapi32.INSTANCE.RevertToSelf()) {
        Runtime.getRuntime().halt(1); // safer than a thread that continues with a client's rights
      }
    }
    try {
      return Optional.of(peer(token, own));
    } finally {
      Kernel32.INSTANCE.CloseHandle(token);
    }
  }

  private static PipePeer peer(Pointer token, String own) throws PipeException {
    long session;
    try (Memory id = information(token, TOKEN_SESSION_ID)) {
      session = Integer.toUnsignedLong(id.getInt(0));
    }
    try (Memory user = information(token, TOKEN_USER)) {
      String text = Sid.text(user.getPointer(0));
      boolean administrator =
          text.equals(LOCAL_SYSTEM) || text.equals(own) || isAdministrator(token);
      return new PipePeer(text, administrator, session);
    }
  }

  /** In a limited token (UAC) the group is present, but not enabled. */
  private static boolean isAdministrator(Pointer token) throws PipeException {
    try (Memory groups = information(token, TOKEN_GROUPS)) {
      int count = groups.getInt(0);
      for (int i = 0; i < count; i++) {
        long at = GROUPS_AT + (long) i * GROUP_BYTES;
        boolean enabled = (groups.getInt(at + 8) & SE_GROUP_ENABLED) != 0;
        if (enabled && Sid.text(groups.getPointer(at)).equals(ADMINISTRATORS)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The account of this process. */
  static String own() throws PipeException {
    Pointer token = ownToken();
    try (Memory user = information(token, TOKEN_USER)) {
      return Sid.text(user.getPointer(0));
    } finally {
      Kernel32.INSTANCE.CloseHandle(token);
    }
  }

  /** The owner for objects of this process: the administrators group if it runs as one. */
  static String ownOwner() throws PipeException {
    String own = own();
    if (own.equals(LOCAL_SYSTEM)) {
      return own;
    }
    Pointer token = ownToken();
    try {
      return isAdministrator(token) ? ADMINISTRATORS : own;
    } finally {
      Kernel32.INSTANCE.CloseHandle(token);
    }
  }

  private static Pointer ownToken() throws PipeException {
    PointerByReference opened = new PointerByReference();
    if (!Advapi32.INSTANCE.OpenProcessToken(
        Kernel32.INSTANCE.GetCurrentProcess(), TOKEN_QUERY, opened)) {
      throw new PipeException("OpenProcessToken", Native.getLastError());
    }
    return opened.getValue();
  }

  /** The owner of the pipe: its server's account, unless someone with more rights changed it. */
  static String owner(Pointer pipe) throws PipeException {
    PointerByReference owner = new PointerByReference();
    PointerByReference descriptor = new PointerByReference();
    int error =
        Advapi32.INSTANCE.GetSecurityInfo(
            pipe,
            SE_KERNEL_OBJECT,
            OWNER_SECURITY_INFORMATION,
            owner,
            null,
            null,
            null,
            descriptor);
    if (error != ErrorCode.NONE) {
      throw new PipeException("GetSecurityInfo", error);
    }
    try {
      return Sid.text(owner.getValue());
    } finally {
      Kernel32.INSTANCE.LocalFree(descriptor.getValue());
    }
  }

  private static Memory information(Pointer token, int infoClass) throws PipeException {
    IntByReference needed = new IntByReference();
    Advapi32.INSTANCE.GetTokenInformation(token, infoClass, null, 0, needed);
    Memory memory = new Memory(Math.max(Long.BYTES, needed.getValue()));
    memory.clear();
    int room = (int) memory.size();
    if (!Advapi32.INSTANCE.GetTokenInformation(token, infoClass, memory, room, needed)) {
      int error = Native.getLastError();
      memory.close();
      throw new PipeException(
          "GetTokenInformation", error == 0 ? ERROR_INSUFFICIENT_BUFFER : error);
    }
    return memory;
  }
}
