package io.sessionbridge.windows.process;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.sessionbridge.windows.process.ProcessLibraries.Advapi32;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import io.sessionbridge.windows.session.decode.Sid;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What the token of a session's user says of the user. Any thread; takes LocalSystem. */
public final class SessionAccount {

  // winnt.h
  private static final int TOKEN_QUERY = 0x8;
  private static final int TOKEN_GROUPS = 2;
  private static final String LOCAL_SYSTEM = "S-1-5-18";

  private SessionAccount() {}

  /**
   * The groups that Windows put into the token at logon, nested ones and those of the machine too,
   * each as its SID and, where the name is known, as {@code DOMAIN\name}. An administrator whose
   * token is limited is still one.
   *
   * @param userSid whom the session must still belong to; empty: anybody
   * @throws ProcessException if they cannot be found out, for instance because no domain controller
   *     answers, which is not the same as none
   */
  public static Set<String> groups(long session, Optional<String> userSid) throws ProcessException {
    try (UserToken token = UserToken.ofSession(session)) {
      if (userSid.isPresent() && !token.sid().equals(userSid.get())) {
        throw ProcessException.ofOtherUser();
      }
      Set<String> groups = new LinkedHashSet<>();
      try (Memory list = token.information(TOKEN_GROUPS)) {
        for (Pointer sid : TokenGroups.members(list)) {
          groups.add(Sid.text(sid));
          AccountName.of(sid).ifPresent(groups::add);
        }
      }
      return groups;
    }
  }

  /** Whether this process runs as LocalSystem. */
  public static boolean isLocalSystem() {
    PointerByReference opened = new PointerByReference();
    if (!Advapi32.INSTANCE.OpenProcessToken(
        Kernel32.INSTANCE.GetCurrentProcess(), TOKEN_QUERY, opened)) {
      return false;
    }
    try (UserToken token = UserToken.of(opened.getValue())) {
      return token.sid().equals(LOCAL_SYSTEM);
    } catch (ProcessException e) {
      return false;
    }
  }
}
