package io.sessionbridge.windows.process;

import java.util.Optional;

/**
 * Whom a session must still belong to: by the SID, or where that is not known by the name and the
 * domain, both of which must be known then. If nothing is known of the user: anybody.
 *
 * @param sid of the user
 * @param name of the user
 * @param domain of the user
 */
public record SessionOwner(Optional<String> sid, Optional<String> name, Optional<String> domain) {

  /** Whoever it is. */
  public static final SessionOwner ANYBODY =
      new SessionOwner(Optional.empty(), Optional.empty(), Optional.empty());

  /** What the user of a token is called. */
  interface Name {
    Optional<String> ask() throws ProcessException;
  }

  /**
   * Whether it is the user of a token.
   *
   * @param account asks for {@code DOMAIN\\name}, which may ask a domain controller
   */
  boolean is(String tokenSid, Name account) throws ProcessException {
    if (sid.isPresent()) {
      return sid.get().equals(tokenSid);
    }
    if (name.isEmpty() && domain.isEmpty()) {
      return true;
    }
    if (name.isEmpty() || domain.isEmpty()) {
      return false;
    }
    String known = AccountName.text(domain.get(), name.get());
    return account.ask().filter(known::equalsIgnoreCase).isPresent();
  }
}
