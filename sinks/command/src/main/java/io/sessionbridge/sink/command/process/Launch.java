package io.sessionbridge.sink.command.process;

import io.sessionbridge.sink.command.config.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One start of a program.
 *
 * @param program which
 * @param command its path and its arguments, complete
 * @param environment variables in addition to those of the account
 * @param input its standard input
 * @param user whose rights it has; empty for those of the agent
 */
public record Launch(
    Program program,
    List<String> command,
    Map<String, String> environment,
    byte[] input,
    Optional<SessionUser> user) {

  /**
   * The user of a session.
   *
   * @param session its number
   * @param name of the user
   * @param domain of the user; empty for a user of this machine
   * @param eventDomain of the user, as in the event
   * @param sid of the user
   */
  public record SessionUser(
      OptionalLong session,
      Optional<String> name,
      Optional<String> domain,
      Optional<String> eventDomain,
      Optional<String> sid) {}
}
