package io.sessionbridge.windows.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.ptr.PointerByReference;
import io.sessionbridge.windows.process.ProcessLibraries.Advapi32;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import io.sessionbridge.windows.session.decode.Sid;
import java.util.List;
import java.util.Optional;

/** What the token of a session's user says of the user. Any thread; takes LocalSystem. */
public final class SessionAccount {

  // winnt.h
  private static final int TOKEN_QUERY = 0x8;
  private static final int TOKEN_GROUPS = 2;
  private static final String LOCAL_SYSTEM = "S-1-5-18";

  private SessionAccount() {}

  /**
   * The SIDs of the groups that Windows put into the token at logon, nested ones and those of the
   * machine too. An administrator whose token is limited is still one. No other machine is asked,
   * but for the name of an owner without a SID.
   *
   * @param owner whom the session must still belong to
   * @throws ProcessException if they cannot be found out, which is not the same as none
   */
  public static List<String> groups(long session, SessionOwner owner) throws ProcessException {
    try (UserToken token = UserToken.ofSession(session)) {
      token.require(owner);
      try (Memory list = token.information(TOKEN_GROUPS)) {
        return TokenGroups.members(list).stream().map(Sid::text).toList();
      }
    }
  }

  /**
   * What a group is called, as {@code DOMAIN\name}; empty if it has no name. May ask a domain
   * controller.
   *
   * @throws ProcessException if it cannot be found out now
   */
  public static Optional<String> groupName(String sid) throws ProcessException {
    byte[] bytes =
        Sid.bytes(sid).orElseThrow(() -> new IllegalArgumentException(sid + " is no SID"));
    try (Memory memory = new Memory(bytes.length)) {
      memory.write(0, bytes, 0, bytes.length);
      return AccountName.of(memory);
    }
  }

  /** Whether this process is known to run as LocalSystem. */
  public static boolean isLocalSystem() {
    try (UserToken token = ofThisProcess()) {
      return token.sid().equals(LOCAL_SYSTEM);
    } catch (ProcessException e) {
      return false;
    }
  }

  /**
   * Whether this process may do more than a user: as LocalSystem, elevated, or if that cannot be
   * found out.
   */
  public static boolean mayExceedUsers() {
    try (UserToken token = ofThisProcess()) {
      return token.isElevated() || token.sid().equals(LOCAL_SYSTEM);
    } catch (ProcessException e) {
      return true;
    }
  }

  private static UserToken ofThisProcess() throws ProcessException {
    PointerByReference opened = new PointerByReference();
    if (!Advapi32.INSTANCE.OpenProcessToken(
        Kernel32.INSTANCE.GetCurrentProcess(), TOKEN_QUERY, opened)) {
      throw new ProcessException("OpenProcessToken", Native.getLastError());
    }
    return UserToken.of(opened.getValue());
  }
}
