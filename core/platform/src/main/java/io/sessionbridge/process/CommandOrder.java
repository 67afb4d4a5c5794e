package io.sessionbridge.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be started, and how. Immutable.
 *
 * @param command the program, then its arguments; no shell reads them
 * @param user whose rights and environment it has; empty: those of this process. Takes root
 * @param folder it works in; empty: that of this process, or the user's home
 * @param environment values beside those of the account
 * @param niceness 0 to 19
 * @param memoryBytes of addresses that each process of it may use
 */
public record CommandOrder(
    List<String> command,
    Optional<Account> user,
    Optional<Path> folder,
    Map<String, String> environment,
    int niceness,
    OptionalLong memoryBytes) {

  public CommandOrder {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
