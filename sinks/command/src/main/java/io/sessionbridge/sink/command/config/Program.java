package io.sessionbridge.sink.command.config;

import io.sessionbridge.sink.command.arguments.Argument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A program, its arguments and the rights and resources that it gets.
 *
 * @param command the path of the program, then its arguments
 * @param folder its working directory
 * @param priority of the program and its descendants
 * @param memory limit in bytes
 * @param runAs whose rights it has
 * @param elevated whether it gets the full rights of a session's user who is an administrator
 * @param allowWritable whether others may be able to change it
 */
public record Program(
    List<Argument> command,
    Optional<Path> folder,
    Priority priority,
    OptionalLong memory,
    RunAs runAs,
    boolean elevated,
    boolean allowWritable) {

  /** The placeholder of a configuration with errors. */
  public static final Program NONE =
      new Program(
          List.of(Argument.of("")),
          Optional.empty(),
          Priority.NORMAL,
          OptionalLong.empty(),
          RunAs.AGENT,
          false,
          false);

  public Program {
    command = List.copyOf(command);
  }

  /** The path of the program. */
  public String path() {
    return command.get(0).toString();
  }
}
