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
 * Ensures that no program outlives this process, however it ends. A small shell waits for the end
 * of its input, which the system closes when this process ends, and then kills every process whose
 * environment has the mark. The shell ignores termination signals, because they may reach it before
 * this process has stopped its programs in order.
 *
 * <p>The mark is inherited by all descendants, even if their parents have ended. A program that
 * clears its environment is not found; under systemd the unit kills it.
 *
 * <p>Any thread. No effect on Windows, where a job object does this.
 */
public final class ProcessGuard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessGuard.class);

  private static final String NAME = "SESSIONBRIDGE_GUARD";
  private static final boolean ON_WINDOWS = File.separatorChar == '\\';
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** The time for the shell's last scan of all processes. */
  private static final long TIMEOUT_SECONDS = 5;

  /** Repeats the scan until it finds nothing, because a process may have started another one. */
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
   * Starts the shell if it does not run. Call this before each program.
   *
   * @throws IOException if there is no shell
   */
  public synchronized void watch() throws IOException {
    Process running = shell;
    if (ON_WINDOWS || running != null && running.isAlive()) {
      return;
    }
    if (running != null) {
      LOG.warn("the watchdog of the commands ended unexpectedly; starting another one");
    }
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(
          SETSID.toString()); // not in this process's group, so signals to the group do not end it
    }
    command.addAll(List.of("/bin/sh", "-c", SCRIPT, "sessionbridge-guard", NAME + "=" + mark));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove(NAME); // set if another agent started this one
    shell = builder.start();
  }

  /** Kills all remaining programs and ends. */
  @Override
  public synchronized void close() {
    Process running = shell;
    shell = null;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().close();
      if (!running.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.debug("the watchdog has already ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
