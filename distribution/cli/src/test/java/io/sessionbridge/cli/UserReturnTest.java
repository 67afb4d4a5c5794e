package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The time from the report of a returning user, through the journal and the state of the host, to
 * the signal that a command with {@code while: idle} receives.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
class UserReturnTest {

  private static final int RETURNS = Integer.getInteger("sessionbridge.command.returns", 5);

  @TempDir Path folder;
  private IdleAgent agent;

  @AfterEach
  void close() {
    agent.close();
  }

  @Test
  void endsTheCommandWithinASecond() throws Exception {
    Path starts = folder.resolve("starts");
    Path stops = folder.resolve("stops");
    Path script = folder.resolve("worker.sh");
    Files.writeString(
        script,
        "trap 'echo x >> %s; exit 0' TERM\necho x >> %s\nwhile :; do sleep 1; done\n"
            .formatted(stops, starts));
    agent =
        new IdleAgent(
            folder,
            "worker: {type: command, while: idle, grace: 20s, run: [/bin/sh, '" + script + "']}");
    agent.start();
    List<Long> millis = new ArrayList<>();
    for (int i = 1; i <= RETURNS; i++) {
      int count = i;
      Program.await("start " + i, () -> lines(starts) == count);
      long before = System.nanoTime();
      agent.userComes();
      Program.await("stop " + i, () -> lines(stops) == count);
      millis.add(Duration.ofNanos(System.nanoTime() - before).toMillis());
      agent.userGoes();
    }
    Collections.sort(millis);
    long median = millis.get(millis.size() / 2);
    System.out.printf(
        "UserReturnTest: ms from the user's return to the signal, %d returns: min %d, median %d,"
            + " max %d%n",
        RETURNS, millis.get(0), median, millis.get(millis.size() - 1));
    assertThat(median).isLessThan(1000);
  }

  private static long lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
