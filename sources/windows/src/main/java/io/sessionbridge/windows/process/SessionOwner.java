package io.sessionbridge.windows.process;

import java.util.Optional;

/**
 * The user to whom a session must still belong, identified by SID, or without one by name and
 * domain, both of which are then required. If nothing is known, any user matches.
 *
 * @param sid the user's SID
 * @param name the user's name
 * @param domain the user's domain
 */
public record SessionOwner(Optional<String> sid, Optional<String> name, Optional<String> domain) {

  /** Matches any user. */
  public static final SessionOwner ANY =
      new SessionOwner(Optional.empty(), Optional.empty(), Optional.empty());

  /** Looks up the name of a token's user. */
  interface Name {
    Optional<String> ask() throws ProcessException;
  }

  /**
   * Whether this is the user of a token.
   *
   * @param account looks up {@code DOMAIN\\name}, which may query a domain controller
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
