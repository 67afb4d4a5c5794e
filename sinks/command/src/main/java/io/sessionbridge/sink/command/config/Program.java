package io.sessionbridge.sink.command.config;

import io.sessionbridge.sink.command.arguments.Argument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is run, and with how much of the machine.
 *
 * @param command the path of the program, then its arguments
 * @param folder it works in
 * @param priority of all that it starts
 * @param memory that it may use, in bytes
 * @param runAs with whose rights
 * @param elevated with the full rights of a session's user who is an administrator
 * @param allowWritable although others may change it
 */
public record Program(
    List<Argument> command,
    Optional<Path> folder,
    Priority priority,
    OptionalLong memory,
    RunAs runAs,
    boolean elevated,
    boolean allowWritable) {

  /** Stands where a wrong configuration has none. */
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

  /** Its path. */
  public String path() {
    return command.get(0).toString();
  }
}
