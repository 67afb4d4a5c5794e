package io.sessionbridge.windows.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be started, and how. Immutable.
 *
 * @param command the program, then its arguments; no shell is involved
 * @param session whose user runs it; empty for the account of this process. Takes LocalSystem
 * @param owner whom the session must still belong to
 * @param elevated with the full token of an administrator in that session, not the limited one, and
 *     the variables of the machine alone: the user may set the others without being elevated
 * @param folder it works in; empty: the folder of this process, of a session's user the profile, or
 *     with the full token that of Windows
 * @param environment values beside those of the account
 * @param priority of all of the tree
 * @param memoryBytes that all of the tree may commit together
 * @param ownConsole with a hidden console and pipes for its streams, or with the console and the
 *     streams of this process
 */
public record ProcessOrder(
    List<String> command,
    OptionalLong session,
    SessionOwner owner,
    boolean elevated,
    Optional<Path> folder,
    Map<String, String> environment,
    ProcessPriority priority,
    OptionalLong memoryBytes,
    boolean ownConsole) {

  public ProcessOrder {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("a command names a program");
    }
  }

  /** A program of this account with a hidden console and pipes. */
  public static ProcessOrder hidden(List<String> command) {
    return new ProcessOrder(
        command,
        OptionalLong.empty(),
        SessionOwner.ANYBODY,
        false,
        Optional.empty(),
        Map.of(),
        ProcessPriority.NORMAL,
        OptionalLong.empty(),
        true);
  }

  /** A program of this account with the console and the streams of this process. */
  public static ProcessOrder sharing(List<String> command) {
    return new ProcessOrder(
        command,
        OptionalLong.empty(),
        SessionOwner.ANYBODY,
        false,
        Optional.empty(),
        Map.of(),
        ProcessPriority.NORMAL,
        OptionalLong.empty(),
        false);
  }
}
