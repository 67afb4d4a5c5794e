package io.sessionbridge.windows.session.calls;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.sessionbridge.windows.session.calls.WindowsLibraries.Advapi32;
import io.sessionbridge.windows.session.calls.WindowsLibraries.Kernel32;
import io.sessionbridge.windows.session.decode.Luid;
import io.sessionbridge.windows.session.decode.Sid;
import java.util.Optional;

/** An open access token. */
final class NativeToken implements SessionCalls.Token {

  // TOKEN_INFORMATION_CLASS of winnt.h.
  private static final int TOKEN_USER = 1;
  private static final int TOKEN_STATISTICS = 10;
  private static final int TOKEN_ELEVATION = 20;

  private static final int ERROR_INSUFFICIENT_BUFFER = 122;

  /** Room for {@code TOKEN_USER} with the longest SID, and for the others. */
  private static final int ROOM = 256;

  private final Pointer handle;

  /** Takes over the handle. */
  NativeToken(Pointer handle) {
    this.handle = handle;
  }

  @Override
  public String sid() throws CallException {
    try (Memory user = information(TOKEN_USER)) {
      return Sid.text(user.getPointer(0));
    }
  }

  @Override
  public Optional<Long> logonId() throws CallException {
    try (Memory statistics = information(TOKEN_STATISTICS)) {
      return Luid.ofToken(statistics);
    }
  }

  @Override
  public boolean elevated() throws CallException {
    try (Memory elevation = information(TOKEN_ELEVATION)) {
      return elevation.getInt(0) != 0;
    }
  }

  private Memory information(int infoClass) throws CallException {
    Memory memory = new Memory(ROOM);
    memory.clear();
    IntByReference needed = new IntByReference();
    if (!Advapi32.INSTANCE.GetTokenInformation(handle, infoClass, memory, ROOM, needed)) {
      int error = Native.getLastError();
      memory.close();
      throw new CallException("GetTokenInformation", error);
    }
    if (needed.getValue() > ROOM) {
      memory.close();
      throw new CallException("GetTokenInformation", ERROR_INSUFFICIENT_BUFFER);
    }
    return memory;
  }

  @Override
  public void close() {
    Kernel32.INSTANCE.CloseHandle(handle);
  }
}
