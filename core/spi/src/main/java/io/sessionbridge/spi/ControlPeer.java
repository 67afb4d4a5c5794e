package io.sessionbridge.spi;

import java.util.Optional;

/**
 * The client of a local connection, as the operating system identifies it.
 *
 * @param user names the account, for limits and for the log: a user name, a SID
 * @param administrator whether the account may query everything: root and the agent's own user, on
 *     Windows SYSTEM and administrators
 * @param userName without the domain, to find the account's own sessions; empty if unknown
 * @param sessionId the session of the client; empty where there are none
 */
@Evolving
public record ControlPeer(
    String user, boolean administrator, Optional<String> userName, Optional<Long> sessionId) {

  /** Whether a session is the account's own. */
  public boolean owns(SessionState session) {
    if (sessionId.isPresent()) {
      return sessionId.get() == session.sessionId();
    }
    return userName.isPresent() && userName.equals(session.userName());
  }
}
