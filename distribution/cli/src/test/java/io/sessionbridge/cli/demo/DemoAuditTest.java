package io.sessionbridge.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.cli.receivers.Arrival;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoAuditTest {

  @TempDir private Path folder;
  private DemoAudit audit;

  @BeforeEach
  void recordDay() throws Exception {
    Path day = folder.resolve("day.jsonl");
    Files.writeString(
        day,
        """
        {"time":"2026-11-20T08:00:00Z","kind":"logon","user_name":"kim"}

        {"time":"2026-11-20T08:00:01Z","kind":"lock","user_name":"kim"}
        {"time":"2026-11-20T08:00:01Z","kind":"lock","user_name":"kim"}
        """);
    audit = DemoAudit.of(day);
  }

  private static Arrival arrival(String id, String kind, String time) {
    return new Arrival(
        id, Map.of("kind", kind, "time", time, "user_name", "kim", "host_name", "ws-7"));
  }

  @Test
  void findsEachLineOnceHoweverItsTimeIsWritten() {
    assertThat(audit.events()).isEqualTo(3);
    assertThat(
            audit.count(
                List.of(
                    arrival("a-1", "bridge_start", "2026-11-20T07:59:00Z"),
                    arrival("a-2", "logon", "2026-11-20T08:00:00.000000Z"),
                    arrival("a-3", "lock", "2026-11-20T08:00:01Z"),
                    arrival("a-4", "lock", "2026-11-20T08:00:01Z"))))
        .isEqualTo(new DemoReport.Count(3, 0, 0));
  }

  @Test
  void countsTheSameIdAsADuplicateAndNotAsAnotherEvent() {
    assertThat(
            audit.count(
                List.of(
                    arrival("a-3", "lock", "2026-11-20T08:00:01Z"),
                    arrival("a-3", "lock", "2026-11-20T08:00:01Z"))))
        .isEqualTo(new DemoReport.Count(1, 1, 0));
  }

  @Test
  void doesNotTakeAnEventWithOtherContentForALine() {
    assertThat(audit.count(List.of(arrival("a-2", "logoff", "2026-11-20T08:00:00Z"))))
        .isEqualTo(new DemoReport.Count(0, 0, 1));
  }

  @Test
  void reportsWhatIsMissingAtAnyReceiver() {
    Map<String, DemoReport.Count> found = new LinkedHashMap<>();
    found.put("kafka", new DemoReport.Count(3, 2, 0));
    found.put("mqtt", new DemoReport.Count(1, 1, 0));
    DemoReport report = new DemoReport(3, found);

    assertThat(report).hasToString("demo: events 3, kafka 3, mqtt 1, lost 2, duplicates 3");
    assertThat(report.isRight()).isFalse();
  }

  @Test
  void isRightWithDuplicatesButNotWithStrangers() {
    assertThat(new DemoReport(3, Map.of("kafka", new DemoReport.Count(3, 9, 0))).isRight())
        .isTrue();
    assertThat(new DemoReport(3, Map.of("kafka", new DemoReport.Count(3, 0, 1))).isRight())
        .isFalse();
  }
}
