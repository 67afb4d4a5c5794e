package io.sessionbridge.windows.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A program to start, and how to start it. Immutable.
 *
 * @param command the program, then its arguments; no shell is involved
 * @param session the session whose user runs it; empty for this process's account. Needs
 *     LocalSystem
 * @param owner the user to whom the session must still belong
 * @param elevated whether to use the full token of an administrator in that session instead of the
 *     limited one, and only the machine's variables: the user can set the others without elevation
 * @param folder the working folder; if empty, this process's folder, for a session the user's
 *     profile, or with the full token the folder of Windows
 * @param environment variables in addition to those of the account
 * @param priority the priority of the whole tree
 * @param memoryBytes the memory that the whole tree may commit together
 * @param ownConsole whether it has a hidden console and pipes for its streams, or shares the
 *     console and streams of this process
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

  /**
   * The privileges that a program for a session needs: WTSQueryUserToken the first,
   * CreateProcessAsUserW the others, by their documentation. Without them Windows returns
   * ERROR_PRIVILEGE_NOT_HELD.
   */
  public static final List<String> SESSION_PRIVILEGES =
      List.of("SeTcbPrivilege", "SeAssignPrimaryTokenPrivilege", "SeIncreaseQuotaPrivilege");

  public ProcessOrder {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("the command is empty");
    }
  }

  /** A program of this account with a hidden console and pipes. */
  public static ProcessOrder hidden(List<String> command) {
    return new ProcessOrder(
        command,
        OptionalLong.empty(),
        SessionOwner.ANY,
        false,
        Optional.empty(),
        Map.of(),
        ProcessPriority.NORMAL,
        OptionalLong.empty(),
        true);
  }

  /** A program of this account that shares the console and streams of this process. */
  public static ProcessOrder sharing(List<String> command) {
    return new ProcessOrder(
        command,
        OptionalLong.empty(),
        SessionOwner.ANY,
        false,
        Optional.empty(),
        Map.of(),
        ProcessPriority.NORMAL,
        OptionalLong.empty(),
        false);
  }
}
