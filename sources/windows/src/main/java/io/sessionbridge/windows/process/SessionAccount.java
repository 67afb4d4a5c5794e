package io.sessionbridge.windows.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.ptr.PointerByReference;
import io.sessionbridge.windows.process.ProcessLibraries.Advapi32;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import io.sessionbridge.windows.session.decode.Sid;
import java.util.List;
import java.util.Optional;

/** Facts about a session's user from the token. Any thread; needs LocalSystem. */
public final class SessionAccount {

  // winnt.h
  private static final int TOKEN_QUERY = 0x8;
  private static final int TOKEN_GROUPS = 2;
  private static final String LOCAL_SYSTEM = "S-1-5-18";

  private SessionAccount() {}

  /**
   * The SIDs of the groups in the token, including nested groups and groups of the machine. An
   * administrator with a limited token is still a member. No other machine is queried, except for
   * the name of an owner without a SID.
   *
   * @param owner the user to whom the session must still belong
   * @throws ProcessException if they cannot be determined, which is different from no groups
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
   * The name of a group as {@code DOMAIN\name}; empty if it has none. May query a domain
   * controller.
   *
   * @throws ProcessException if the lookup fails
   */
  public static Optional<String> groupName(String sid) throws ProcessException {
    byte[] bytes =
        Sid.bytes(sid).orElseThrow(() -> new IllegalArgumentException(sid + " is not a SID"));
    try (Memory memory = new Memory(bytes.length)) {
      memory.write(0, bytes, 0, bytes.length);
      return AccountName.of(memory);
    }
  }

  /** Whether this process runs as LocalSystem; false if that cannot be determined. */
  public static boolean isLocalSystem() {
    try (UserToken token = ofThisProcess()) {
      return token.sid().equals(LOCAL_SYSTEM);
    } catch (ProcessException e) {
      return false;
    }
  }

  /**
   * Whether this process may have more rights than a user: as LocalSystem, elevated, or if that
   * cannot be determined.
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
