package io.sessionbridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools of util-linux and coreutils in front of a command. Each of them replaces itself by the
 * next one, so that the command's process is the one that was started. None of them reads the
 * arguments of the command.
 */
final class CommandPrefix {

  private static final Logger LOG = LoggerFactory.getLogger(CommandPrefix.class);
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private CommandPrefix() {}

  static List<String> of(CommandOrder order) {
    List<String> line = new ArrayList<>();
    if (order.memoryBytes().isPresent()) {
      line.addAll(List.of("prlimit", "--as=" + order.memoryBytes().getAsLong(), "--"));
    }
    int lower = order.niceness() - ownNiceness();
    if (order.niceness() > 0 && lower > 0) {
      line.addAll(List.of("nice", "-n", String.valueOf(lower))); // it adds
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

  /** What the command has then: niceness 0 means that of this process. */
  static int niceness(CommandOrder order) {
    int own = ownNiceness();
    return order.niceness() > 0 ? Math.max(order.niceness(), own) : own;
  }

  /** 0 where it cannot be read. */
  static int ownNiceness() {
    try {
      String stat = Files.readString(STAT);
      // behind the name, which may hold anything: state is field 3, the niceness is field 19
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Integer.parseInt(fields[16]);
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} does not tell the niceness", STAT, e);
      return 0;
    }
  }
}
