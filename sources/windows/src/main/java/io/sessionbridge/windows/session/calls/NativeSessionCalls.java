package io.sessionbridge.windows.session.calls;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.sessionbridge.windows.session.calls.WindowsLibraries.Advapi32;
import io.sessionbridge.windows.session.calls.WindowsLibraries.Kernel32;
import io.sessionbridge.windows.session.calls.WindowsLibraries.Ntdll;
import io.sessionbridge.windows.session.calls.WindowsLibraries.Secur32;
import io.sessionbridge.windows.session.calls.WindowsLibraries.User32;
import io.sessionbridge.windows.session.calls.WindowsLibraries.Wtsapi32;
import io.sessionbridge.windows.session.decode.ClientAddress;
import io.sessionbridge.windows.session.decode.LogonData;
import io.sessionbridge.windows.session.decode.StationInfo;
import io.sessionbridge.windows.session.decode.WideText;
import io.sessionbridge.windows.session.decode.WindowsVersion;
import io.sessionbridge.windows.session.facts.ConnectState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The native calls. Each copies the results into values and frees the memory. */
public final class NativeSessionCalls implements SessionCalls {

  private static final int CLIENT_ADDRESS = 14;
  private static final int SESSION_INFO_EX = 25;
  private static final int TOKEN_QUERY = 0x0008;
  private static final int SM_REMOTECONTROL = 0x2001;
  private static final int VERSION_INFO_SIZE = 276;

  // WTS_SESSION_INFOW on 64 bits: SessionId, pointer to the station's name, State.
  private static final int LISTED_SIZE = 24;
  private static final int LISTED_STATE = 16;

  private interface Reading<T> {
    T of(Pointer buffer, int bytes);
  }

  /** Queried once, because it does not change while the machine runs. */
  private @Nullable WindowsVersion version;

  @Override
  public List<Listed> sessions() throws CallException {
    PointerByReference list = new PointerByReference();
    IntByReference count = new IntByReference();
    Kernel32.INSTANCE.SetLastError(0);
    if (!Wtsapi32.INSTANCE.WTSEnumerateSessionsW(null, 0, 1, list, count)) {
      throw new CallException("WTSEnumerateSessions", Native.getLastError());
    }
    Pointer first = list.getValue();
    if (first == null) {
      return List.of();
    }
    try {
      List<Listed> sessions = new ArrayList<>();
      for (int i = 0; i < count.getValue(); i++) {
        Pointer listed = first.share((long) i * LISTED_SIZE);
        long id = Integer.toUnsignedLong(listed.getInt(0));
        sessions.add(new Listed(id, ConnectState.of(listed.getInt(LISTED_STATE))));
      }
      return sessions;
    } finally {
      Wtsapi32.INSTANCE.WTSFreeMemory(first);
    }
  }

  @Override
  public String text(long sessionId, Text what) throws CallException {
    return query(
        sessionId,
        what.infoClass,
        0,
        (buffer, bytes) -> WideText.inField(buffer, 0, bytes / Character.BYTES));
  }

  @Override
  public int number(long sessionId, Figure what) throws CallException {
    return query(
        sessionId,
        what.infoClass,
        what.bytes,
        (buffer, bytes) ->
            switch (what) {
              case STATE -> buffer.getInt(0);
              case PROTOCOL -> (int) buffer.getShort(0);
              case IS_REMOTE -> (int) buffer.getByte(0);
            });
  }

  @Override
  public Optional<StationInfo> station(long sessionId) throws CallException {
    return query(
        sessionId, SESSION_INFO_EX, 0, (buffer, bytes) -> StationInfo.of(buffer, bytes, version()));
  }

  @Override
  public Optional<String> clientAddress(long sessionId) throws CallException {
    return query(sessionId, CLIENT_ADDRESS, 0, ClientAddress::of);
  }

  private static <T> T query(long sessionId, int infoClass, int least, Reading<T> reading)
      throws CallException {
    PointerByReference buffer = new PointerByReference();
    IntByReference bytes = new IntByReference();
    // Wine's stubs fail without setting an error, and leave that of an earlier call.
    Kernel32.INSTANCE.SetLastError(0);
    boolean known =
        Wtsapi32.INSTANCE.WTSQuerySessionInformationW(
            null, (int) sessionId, infoClass, buffer, bytes);
    int error = known ? 0 : Native.getLastError();
    Pointer data = buffer.getValue();
    if (!known || data == null) {
      throw new CallException("WTSQuerySessionInformation", error);
    }
    try {
      if (bytes.getValue() < least) {
        throw new CallException("WTSQuerySessionInformation", 0);
      }
      return reading.of(data, bytes.getValue());
    } finally {
      Wtsapi32.INSTANCE.WTSFreeMemory(data);
    }
  }

  @Override
  public Token token(long sessionId) throws CallException {
    PointerByReference token = new PointerByReference();
    if (!Wtsapi32.INSTANCE.WTSQueryUserToken((int) sessionId, token)) {
      throw new CallException("WTSQueryUserToken", Native.getLastError());
    }
    return new NativeToken(token.getValue());
  }

  @Override
  public Token ownToken() throws CallException {
    PointerByReference token = new PointerByReference();
    Pointer process = Kernel32.INSTANCE.GetCurrentProcess();
    if (!Advapi32.INSTANCE.OpenProcessToken(process, TOKEN_QUERY, token)) {
      throw new CallException("OpenProcessToken", Native.getLastError());
    }
    return new NativeToken(token.getValue());
  }

  @Override
  public LogonData logon(long logonId) throws CallException {
    PointerByReference data = new PointerByReference();
    try (Memory luid = new Memory(Long.BYTES)) {
      luid.setLong(0, logonId);
      int status = Secur32.INSTANCE.LsaGetLogonSessionData(luid, data);
      if (status != 0) {
        throw new CallException("LsaGetLogonSessionData", status);
      }
    }
    Pointer found = data.getValue();
    if (found == null) {
      return LogonData.NONE;
    }
    try {
      return LogonData.of(found);
    } finally {
      Secur32.INSTANCE.LsaFreeReturnBuffer(found);
    }
  }

  @Override
  public long ownSession() throws CallException {
    IntByReference session = new IntByReference();
    int process = Kernel32.INSTANCE.GetCurrentProcessId();
    if (!Kernel32.INSTANCE.ProcessIdToSessionId(process, session)) {
      throw new CallException("ProcessIdToSessionId", Native.getLastError());
    }
    return Integer.toUnsignedLong(session.getValue());
  }

  /** Java calls {@code GetUserName}. */
  @Override
  public String ownUser() {
    return System.getProperty("user.name", "");
  }

  @Override
  public boolean ownSessionWatched() {
    return User32.INSTANCE.GetSystemMetrics(SM_REMOTECONTROL) != 0;
  }

  @Override
  public String computerName() {
    String name = System.getenv("COMPUTERNAME");
    return name == null ? "" : name;
  }

  private synchronized WindowsVersion version() {
    WindowsVersion known = version;
    if (known != null) {
      return known;
    }
    try (Memory info = new Memory(VERSION_INFO_SIZE)) {
      info.clear();
      info.setInt(0, VERSION_INFO_SIZE);
      Ntdll.INSTANCE.RtlGetVersion(info); // it cannot fail
      known = new WindowsVersion(info.getInt(4), info.getInt(8));
    }
    version = known;
    return known;
  }
}
