package io.sessionbridge.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A command and how to start it. Immutable.
 *
 * @param command the program and its arguments; no shell interprets them
 * @param user the account to run as, which requires root; empty: that of this process
 * @param folder the working directory; empty: that of this process, or the user's home
 * @param environment additional variables
 * @param niceness 0 to 19
 * @param memoryBytes limit of the address space of each of its processes
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
