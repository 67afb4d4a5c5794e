package io.sessionbridge.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent writes on while the files are read. */
class GrowingFileTest {

  private static final Instant TO = FleetDays.FIRST_DAY.plus(Duration.ofDays(9)); // after all
  private static final int READS = 5;

  @TempDir private Path folder;

  /** In pieces, so that most of the time the last line is cut. */
  private static void grow(Path file, List<String> lines, AtomicLong written, AtomicBoolean ends)
      throws Exception {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < lines.size() && !ends.get(); i++) {
        byte[] line = (lines.get(i) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(line, 0, line.length / 2);
        out.flush();
        out.write(line, line.length / 2, line.length - line.length / 2);
        out.flush();
        written.set(i + 1L);
      }
    }
  }

  @Test
  void eachReadHasTheWholeLinesOfItsTime() throws Exception {
    List<String> lines = Files.readAllLines(TestingLake.smallFleet(folder));
    Path file = Files.createFile(folder.resolve("growing.jsonl"));
    AtomicLong written = new AtomicLong();
    AtomicBoolean ends = new AtomicBoolean();
    ExecutorService agent = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing =
          agent.submit(
              () -> {
                grow(file, lines, written, ends);
                return null;
              });
      for (int i = 0; i < READS; i++) {
        long before = written.get();
        try (Lake lake = TestingLake.load(List.of(file.toString()), TO, TestingLake.NO_HOSTS)) {
          long after = written.get() + 1;
          assertThat(lake.unreadable()).isBetween(0L, 1L);
          String count = lake.ask("SELECT COUNT(*) FROM events").rows().get(0).get(0) + "";
          assertThat(Long.parseLong(count)).isBetween(before, after);
        }
      }
      ends.set(true);
      writing.get();
    } finally {
      agent.shutdownNow();
    }
  }

  @Test
  void aCutLineCountsWhenItIsComplete() throws Exception {
    List<String> lines = Files.readAllLines(TestingLake.smallFleet(folder)).subList(0, 3);
    String all = String.join("\n", lines) + "\n";
    for (int cut = all.length() - 1 - lines.get(2).length(); cut <= all.length(); cut += 7) {
      Path file = Files.writeString(folder.resolve("cut.jsonl"), all.substring(0, cut));
      try (Lake lake = TestingLake.load(List.of(file.toString()), TO, TestingLake.NO_HOSTS)) {
        String count = lake.ask("SELECT COUNT(*) FROM events").rows().get(0).get(0) + "";
        assertThat(count).as("cut at %d", cut).isEqualTo(cut < all.length() - 1 ? "2" : "3");
      }
    }
  }
}
