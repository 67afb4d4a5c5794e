package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.storage.FileStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Metrics of a whole agent on a real disk: the totals of every sink balance in every scrape. */
@Timeout(180)
class BridgeMetricsTest {

  private static final int SEGMENT = 16 << 10;

  @TempDir Path folder;
  private TestingBridge agent;

  private TestingBridge start(JournalConfig journal) throws Exception {
    agent = new TestingBridge(folder, new FileStorage(), journal, "good", "dead");
    agent.sink("dead").down("the peer is away");
    return agent.start();
  }

  @AfterEach
  void close() {
    agent.close();
  }

  @Test
  void continuesCountingAfterARestart() throws Exception {
    start(JournalConfig.defaults());
    agent.report(1, 20);
    Scrape before = agent.scrapeUntil("20 arrive", now -> now.delivered("good") == 21);
    assertThat(before.accepted("good")).isEqualTo(21);
    assertThat(before.pending("dead")).isEqualTo(21);
    agent.stop();
    agent.start();
    Scrape after = agent.scrapeUntil("all arrive", now -> now.delivered("good") == 23);
    assertThat(after.accepted("good")).as("21 events, a stop and a start").isEqualTo(23);
    assertThat(after.pending("dead")).isEqualTo(23);
    agent.sink("dead").up();
    Scrape end = agent.scrapeUntil("the other has them too", now -> now.pending("dead") == 0);
    assertThat(end.delivered("dead")).isEqualTo(23);
  }

  @Test
  void countsRejectedEvents() throws Exception {
    start(JournalConfig.defaults());
    agent
        .sink("good")
        .rejectIf(
            event -> event.data().find(Field.USER_NAME).equals(Optional.of("u3")), "too large");
    agent.report(1, 5);
    Scrape scrape =
        agent.scrapeUntil(
            "5 are settled", now -> now.accepted("good") == 6 && now.pending("good") == 0);
    assertThat(scrape.rejected("good")).isEqualTo(1);
    assertThat(scrape.delivered("good")).isEqualTo(5);
    agent.stop();
    agent.start();
    assertThat(Scrape.of(agent.address()).balanced("good", "dead").rejected("good")).isEqualTo(1);
  }

  @Test
  void showsTheBacklog() throws Exception {
    start(JournalConfig.defaults());
    agent.report(1, 5);
    Scrape scrape =
        agent.scrapeUntil(
            "the dead sink waits",
            now ->
                now.pending("dead") == 6
                    && now.value("sessionbridge_source_handed_off_total{source=\"src\"}") == 5
                    && now.value("sessionbridge_sink_backoff_seconds{sink=\"dead\"}") > 0
                    && now.value("sessionbridge_sink_backlog_age_seconds{sink=\"dead\"}") > 0);
    assertThat(scrape.value("sessionbridge_sink_consecutive_failures{sink=\"dead\"}")).isPositive();
    assertThat(scrape.value("sessionbridge_sink_backlog_bytes{sink=\"dead\"}"))
        .isEqualTo(scrape.value("sessionbridge_journal_bytes"))
        .isEqualTo(4 << 20);
    assertThat(scrape.value("sessionbridge_sink_up{sink=\"dead\"}")).isZero();
    assertThat(scrape.value("sessionbridge_sink_up{sink=\"good\"}")).isEqualTo(1);
    assertThat(scrape.value("sessionbridge_source_up{source=\"src\"}")).isEqualTo(1);
    assertThat(scrape.value("sessionbridge_source_seen_total{source=\"src\"}")).isEqualTo(5);
    assertThat(scrape.value("sessionbridge_source_handed_off_total{source=\"src\"}")).isEqualTo(5);
    assertThat(scrape.value("sessionbridge_source_overflowed_total{source=\"src\"}")).isZero();
    assertThat(scrape.value("sessionbridge_journal_force_seconds_count")).isPositive();
    assertThat(scrape.value("sessionbridge_journal_force_seconds_sum")).isPositive();
    assertThat(scrape.value("sessionbridge_journal_up")).isEqualTo(1);
  }

  @Test
  void countsEvictedEvents() throws Exception {
    start(TestingBridge.journal(4 * SEGMENT, SEGMENT));
    int reported = 0;
    while (Scrape.of(agent.address()).value("sessionbridge_journal_evicted_segments_total") < 3) {
      agent.report(reported + 1, reported + 20);
      reported += 20;
      long all = reported + 1L;
      agent.scrapeUntil("the good sink has them", now -> now.delivered("good") == all);
    }
    agent.sink("dead").up();
    agent.scrapeUntil("nothing is to come", now -> now.pending("dead") == 0);
    Scrape scrape =
        Scrape.of(agent.address()); // one more, because a scrape reads its values one by one
    assertThat(scrape.lost("good")).isZero();
    assertThat(scrape.lost("dead")).isPositive();
    assertThat(scrape.lost("dead") + scrape.delivered("dead")).isEqualTo(reported + 1);
    assertThat(scrape.value("sessionbridge_journal_bytes")).isLessThanOrEqualTo(4 * SEGMENT);
  }

  @Test
  void countsDamagedRecords() throws Exception {
    start(JournalConfig.defaults());
    agent.report(1, 20);
    agent.scrapeUntil("20 arrive", now -> now.delivered("good") == 21);
    agent.stop();
    damage("\"u7\"");
    agent.start();
    agent.sink("dead").up();
    Scrape scrape =
        agent.scrapeUntil(
            "all arrive", now -> now.accepted("dead") == 23 && now.pending("dead") == 0);
    assertThat(scrape.lost("dead")).isEqualTo(1);
    assertThat(scrape.delivered("dead")).isEqualTo(22);
    assertThat(scrape.lost("good")).isZero();
    assertThat(scrape.value("sessionbridge_journal_damaged_records_total")).isEqualTo(1);
  }

  /** Flips one bit of the text in the journal. */
  private void damage(String text) throws Exception {
    try (var files = Files.list(folder.resolve("journal"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".segment")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        if (at > 0) {
          bytes[at + 1] ^= 1;
          Files.write(file, bytes);
          return;
        }
      }
    }
    throw new AssertionError("the journal does not have " + text);
  }

  /** The page lists exactly the metrics, each with its type, label and meaning. */
  @Test
  void thePageListsEveryMetric() throws Exception {
    start(JournalConfig.defaults());
    Scrape scrape = Scrape.of(agent.address());
    List<String> rows =
        scrape.types().entrySet().stream()
            .map(entry -> row(scrape, entry.getKey(), entry.getValue()))
            .toList();
    assertThat(Files.readAllLines(Path.of("../METRICS.md")))
        .filteredOn(line -> line.startsWith("| `sessionbridge_") || line.startsWith("| `jvm_"))
        .containsExactlyElementsOf(rows);
  }

  private static String row(Scrape scrape, String name, String type) {
    String label = scrape.label(name);
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            name,
            type,
            type.equals("histogram") || label.equals("-") ? "-" : "`" + label + "`",
            unit(name),
            scrape.help(name));
  }

  private static String unit(String name) {
    for (String unit : List.of("seconds", "bytes", "events", "records", "segments")) {
      if (List.of(name.split("_")).contains(unit)) {
        return unit;
      }
    }
    return "-";
  }
}
