package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.storage.FileStorage;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends is killed repeatedly without warning, on a real disk. */
class JournalKillTest {

  private static final int KILLS = 5;

  @TempDir Path folder;

  /** Appends until it is killed and prints the durable records. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) throws Exception {
      Journal journal =
          Journal.open(TestingJournal.small(), Path.of(args[0]), new FileStorage(), Clock.system());
      for (int i = 0; ; i++) {
        Appended appended = append(journal, args[1] + "-" + i);
        System.out.println(appended.first() + ":" + args[1] + "-" + i);
      }
    }
  }

  @Test
  void keepsAllAcknowledgedRecords() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    for (int run = 0; run < KILLS; run++) {
      acknowledged.addAll(runAndKill("run" + run, 200 + 37 * run));
    }
    try (Journal journal =
        Journal.open(TestingJournal.small(), folder, new FileStorage(), Clock.system())) {
      List<String> all = read(journal, 0);
      assertThat(all).containsAll(acknowledged).noneMatch(record -> record.contains("missing"));
      assertThat(all.size()).isLessThanOrEqualTo(acknowledged.size() + 2 * KILLS);
      assertThat(append(journal, "fresh").first()).isEqualTo(all.size() + 1);
    }
  }

  private List<String> runAndKill(String name, int after) throws Exception {
    Process victim =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString(),
                name)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = victim.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (lines.size() == after) {
          victim.toHandle().destroyForcibly(); // unlike Process, keeps the unread output
        }
      }
    }
    victim.waitFor();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(after);
    lines.remove(lines.size() - 1); // may be incomplete
    return lines;
  }
}
