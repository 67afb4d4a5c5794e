package io.sessionbridge.windows.session.facts;

import java.time.Instant;
import java.util.Optional;

/**
 * How and when the user logged on.
 *
 * @param id the logon's LUID, formatted as in the Security log, for instance {@code 0x3e7}
 * @param type for instance {@code remote_interactive}
 * @param authPackage for instance {@code Kerberos}
 * @param server the server that authenticated the user
 * @param elevated whether the session's token is elevated
 */
public record LogonFacts(
    Optional<Instant> time,
    Optional<String> id,
    Optional<String> type,
    Optional<String> authPackage,
    Optional<String> server,
    Optional<String> dnsDomain,
    Optional<Boolean> elevated) {

  public static final LogonFacts NONE =
      new LogonFacts(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  LogonFacts or(LogonFacts others) {
    return new LogonFacts(
        time.or(others::time),
        id.or(others::id),
        type.or(others::type),
        authPackage.or(others::authPackage),
        server.or(others::server),
        dnsDomain.or(others::dnsDomain),
        elevated.or(others::elevated));
  }
}
