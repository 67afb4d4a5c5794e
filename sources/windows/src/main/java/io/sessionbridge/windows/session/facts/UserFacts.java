package io.sessionbridge.windows.session.facts;

import java.util.Optional;

/**
 * The logged-on user.
 *
 * @param domain the machine's own name if the account is local
 * @param upn for instance {@code kim@contoso.example}
 */
public record UserFacts(
    Optional<String> name,
    Optional<String> domain,
    Optional<String> sid,
    Optional<String> upn,
    Optional<AccountType> type) {

  public static final UserFacts NONE =
      new UserFacts(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  boolean isSame(UserFacts other) {
    return name.orElse("").equalsIgnoreCase(other.name.orElse(""))
        && domain.orElse("").equalsIgnoreCase(other.domain.orElse(""));
  }

  UserFacts or(UserFacts others) {
    return new UserFacts(
        name.or(others::name),
        domain.or(others::domain),
        sid.or(others::sid),
        upn.or(others::upn),
        type.or(others::type));
  }
}
