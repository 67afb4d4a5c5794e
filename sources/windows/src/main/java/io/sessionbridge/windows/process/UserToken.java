package io.sessionbridge.windows.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.sessionbridge.windows.process.ProcessLibraries.Advapi32;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import io.sessionbridge.windows.process.ProcessLibraries.Userenv;
import io.sessionbridge.windows.process.ProcessLibraries.Wtsapi32;
import io.sessionbridge.windows.session.decode.Sid;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The primary token of a session's user; for an administrator the limited one, as Windows returns
 * it. Needs LocalSystem.
 */
final class UserToken implements AutoCloseable {

  // winnt.h
  private static final int MAXIMUM_ALLOWED = 0x02000000;
  private static final int SECURITY_IDENTIFICATION = 1;
  private static final int TOKEN_PRIMARY = 1;
  private static final int TOKEN_USER = 1;
  private static final int TOKEN_ELEVATION_TYPE = 18;
  private static final int TOKEN_LINKED_TOKEN = 19;
  private static final int TOKEN_ELEVATION = 20;
  private static final int TYPE_LIMITED = 3;
  private static final int ERROR_INSUFFICIENT_BUFFER = 122;

  private static final int ROOM = 256;

  private final Pointer handle;

  private UserToken(Pointer handle) {
    this.handle = handle;
  }

  static UserToken ofSession(long session) throws ProcessException {
    PointerByReference token = new PointerByReference();
    if (!Wtsapi32.INSTANCE.WTSQueryUserToken((int) session, token)) {
      throw new ProcessException("WTSQueryUserToken", Native.getLastError());
    }
    return primary(token.getValue());
  }

  /** Takes over the handle. */
  static UserToken of(Pointer handle) {
    return new UserToken(handle);
  }

  /** A primary copy of the given token, which is closed. */
  private static UserToken primary(Pointer token) throws ProcessException {
    try {
      PointerByReference primary = new PointerByReference();
      if (!Advapi32.INSTANCE.DuplicateTokenEx(
          token, MAXIMUM_ALLOWED, null, SECURITY_IDENTIFICATION, TOKEN_PRIMARY, primary)) {
        throw new ProcessException("DuplicateTokenEx", Native.getLastError());
      }
      return new UserToken(primary.getValue());
    } finally {
      Kernel32.INSTANCE.CloseHandle(token);
    }
  }

  /** The full token if this one is limited, otherwise a copy of this one. */
  UserToken full() throws ProcessException {
    try (Memory type = information(TOKEN_ELEVATION_TYPE)) {
      if (type.getInt(0) == TYPE_LIMITED) {
        try (Memory linked = information(TOKEN_LINKED_TOKEN)) {
          return primary(linked.getPointer(0));
        }
      }
    }
    PointerByReference copy = new PointerByReference();
    if (!Advapi32.INSTANCE.DuplicateTokenEx(
        handle, MAXIMUM_ALLOWED, null, SECURITY_IDENTIFICATION, TOKEN_PRIMARY, copy)) {
      throw new ProcessException("DuplicateTokenEx", Native.getLastError());
    }
    return new UserToken(copy.getValue());
  }

  /** Whether it has full administrator rights. */
  boolean isElevated() throws ProcessException {
    try (Memory elevation = information(TOKEN_ELEVATION)) {
      return elevation.getInt(0) != 0;
    }
  }

  Pointer handle() {
    return handle;
  }

  /** The user's SID. */
  String sid() throws ProcessException {
    try (Memory user = information(TOKEN_USER)) {
      return Sid.text(user.getPointer(0));
    }
  }

  /** Throws if the token belongs to another user. */
  void require(SessionOwner owner) throws ProcessException {
    try (Memory user = information(TOKEN_USER)) {
      Pointer sid = user.getPointer(0);
      if (!owner.is(Sid.text(sid), () -> AccountName.of(sid))) {
        throw ProcessException.otherUser();
      }
    }
  }

  /** The variables that the user's programs have at logon. */
  Map<String, String> environment() throws ProcessException {
    return environment(handle);
  }

  /** The machine's variables, without those of a user or of this process. */
  static Map<String, String> environmentOfMachine() throws ProcessException {
    return environment(null);
  }

  private static Map<String, String> environment(@Nullable Pointer token) throws ProcessException {
    PointerByReference block = new PointerByReference();
    if (!Userenv.INSTANCE.CreateEnvironmentBlock(block, token, false)) {
      throw new ProcessException("CreateEnvironmentBlock", Native.getLastError());
    }
    try {
      return EnvironmentBlock.read(block.getValue());
    } finally {
      Userenv.INSTANCE.DestroyEnvironmentBlock(block.getValue());
    }
  }

  /** Reads token information. Fixed-size classes do not support a query of the size. */
  Memory information(int infoClass) throws ProcessException {
    int room = ROOM;
    while (true) {
      Memory memory = new Memory(room);
      memory.clear();
      IntByReference needed = new IntByReference();
      if (Advapi32.INSTANCE.GetTokenInformation(handle, infoClass, memory, room, needed)) {
        return memory;
      }
      int error = Native.getLastError();
      memory.close();
      if (error != ERROR_INSUFFICIENT_BUFFER || needed.getValue() <= room) {
        throw new ProcessException("GetTokenInformation", error);
      }
      room = needed.getValue();
    }
  }

  @Override
  public void close() {
    Kernel32.INSTANCE.CloseHandle(handle);
  }
}
