package io.sessionbridge.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tools of util-linux and coreutils in front of a command. Each of them replaces itself by the
 * next one, so that the command's process is the one that was started. None of them reads the
 * arguments of the command.
 */
final class CommandPrefix {

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private CommandPrefix() {}

  static List<String> of(CommandOrder order) {
    List<String> line = new ArrayList<>();
    if (order.memoryBytes().isPresent()) {
      line.addAll(List.of("prlimit", "--as=" + order.memoryBytes().getAsLong(), "--"));
    }
    if (order.niceness() > 0) {
      line.addAll(List.of("nice", "-n", String.valueOf(order.niceness())));
    }
    if (Files.isExecutable(SETSID)) {
      line.add(SETSID.toString()); // Ctrl+C in the agent's terminal is not for the command
    }
    order
        .user()
        .ifPresent(
            user ->
                line.addAll(
                    List.of(
                        "setpriv",
                        "--reuid=" + user.uid(),
                        "--regid=" + user.gid(),
                        "--init-groups",
                        "--")));
    line.addAll(order.command());
    return line;
  }
}
