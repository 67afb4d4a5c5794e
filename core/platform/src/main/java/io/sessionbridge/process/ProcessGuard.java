package io.sessionbridge.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no program outlive this process, however that ends. A small shell waits until its input
 * ends, which the system does when this process is gone, and then kills every process whose
 * environment has the mark. It ignores what asks to end, since that may reach it before this
 * process has stopped its programs in order.
 *
 * <p>The mark is inherited: children of children have it, also when their parents have ended. A
 * program that clears its environment escapes; under systemd the unit ends that, too.
 *
 * <p>Any thread. Of no effect on Windows, where a job does this.
 */
public final class ProcessGuard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessGuard.class);

  private static final String NAME = "SESSIONBRIDGE_GUARD";
  private static final boolean ON_WINDOWS = File.separatorChar == '\\';
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** For the last look of the shell at all processes. */
  private static final long PATIENCE_SECONDS = 5;

  /** Looks again until nobody is found, since a process may have started another meanwhile. */
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      while read -r line; do :; done
      look=0
      while [ $look -lt 100 ]; do
        found=$(grep -lazxF -e "$1" /proc/[0-9]*/environ 2>/dev/null)
        [ -z "$found" ] && exit 0
        for file in $found; do
          pid=${file#/proc/}
          kill -s KILL "${pid%/environ}" 2>/dev/null
        done
        look=$((look + 1))
      done
      """;

  private final String mark = UUID.randomUUID().toString();
  private @Nullable Process shell;

  /** Adds the mark to the environment of a program. */
  void mark(Map<String, String> environment) {
    environment.put(NAME, mark);
  }

  /**
   * Watches, if it does not yet. To be called before each program.
   *
   * @throws IOException if there is no shell
   */
  public synchronized void watch() throws IOException {
    Process running = shell;
    if (ON_WINDOWS || running != null && running.isAlive()) {
      return;
    }
    if (running != null) {
      LOG.warn("the watchdog of the commands was ended by somebody and is started again");
    }
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString()); // what ends this process's group does not end it
    }
    command.addAll(List.of("/bin/sh", "-c", SCRIPT, "sessionbridge-guard", NAME + "=" + mark));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove(NAME); // of an agent that another one started
    shell = builder.start();
  }

  /** Kills all that is left and ends. */
  @Override
  public synchronized void close() {
    Process running = shell;
    shell = null;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().close();
      if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.debug("the watchdog is gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
