package io.sessionbridge.source.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.SystemLog;
import io.sessionbridge.windows.eventlog.EventLogRecord;
import io.sessionbridge.windows.eventlog.LogPosition;
import io.sessionbridge.windows.eventlog.LogReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowsLogTest {

  private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");
  private static final LogPosition READ = LogPosition.parse("System=7");

  @Test
  void resumesFromItsPosition() {
    List<LogPosition> asked = new ArrayList<>();
    EventLogRecord logoff =
        new EventLogRecord(
            "System", "Microsoft-Windows-Winlogon", 7002, 7, NOW, Map.of("TSId", "2"));
    WindowsLog log =
        new WindowsLog(
            (position, since) -> {
              asked.add(position);
              return new LogReading(List.of(logoff), READ, List.of(), List.of());
            });

    SystemLog.Reading first = log.read(Optional.empty(), NOW);
    log.read(Optional.of(first.position()), NOW);

    assertThat(first.entries()).extracting(entry -> entry.data().kind()).containsOnly(Kind.LOGOFF);
    assertThat(first.complete()).isTrue();
    assertThat(asked).containsExactly(LogPosition.NONE, READ);
  }

  @Test
  void reportsMissingRecords() {
    List<LogReading> readings =
        new ArrayList<>(
            List.of(
                new LogReading(
                    List.of(), READ, List.of("System"), List.of("Lsm: access is denied")),
                new LogReading(List.of(), READ, List.of(), List.of())));
    WindowsLog log = new WindowsLog((position, since) -> readings.remove(0));

    assertThat(log.read(Optional.empty(), NOW).complete()).isFalse();
    assertThat(log.read(Optional.empty(), NOW).complete()).isTrue();
  }
}
