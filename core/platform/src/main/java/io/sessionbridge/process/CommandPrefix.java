package io.sessionbridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools of util-linux and coreutils that start a command. Each replaces itself with the next
 * one, so the started process becomes the command. None of them interprets the arguments of the
 * command.
 */
final class CommandPrefix {

  private static final Logger LOG = LoggerFactory.getLogger(CommandPrefix.class);
  private static final Path STAT = Path.of("/proc/thread-self/stat");
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private CommandPrefix() {}

  static List<String> of(CommandOrder order) {
    List<String> line = new ArrayList<>();
    if (order.memoryBytes().isPresent()) {
      line.addAll(List.of("prlimit", "--as=" + order.memoryBytes().getAsLong(), "--"));
    }
    int lower = order.niceness() - ownNiceness();
    if (order.niceness() > 0 && lower > 0) {
      line.addAll(List.of("nice", "-n", String.valueOf(lower))); // relative to the current value
    }
    if (Files.isExecutable(SETSID)) {
      line.add(SETSID.toString()); // Ctrl+C in the agent's terminal must not reach the command
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

  /** The resulting niceness of the command; 0 means that of this process. */
  static int niceness(CommandOrder order) {
    int own = ownNiceness();
    return order.niceness() > 0 ? Math.max(order.niceness(), own) : own;
  }

  /** 0 where it cannot be read. */
  static int ownNiceness() {
    try {
      String stat = Files.readString(STAT);
      // after the name, which may contain anything: state is field 3, niceness is field 19
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Integer.parseInt(fields[16]);
    } catch (IOException | RuntimeException e) {
      LOG.debug("the niceness cannot be read from {}", STAT, e);
      return 0;
    }
  }
}
