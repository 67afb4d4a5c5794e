package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The native calls of the event log's reader, against a log that the tests write. */
@Timeout(300)
class EventLogIT {

  private static final Instant BOOT = Instant.parse("2026-11-29T06:00:00Z");
  private static final String WINLOGON = "Microsoft-Windows-Winlogon";

  @TempDir Path folder;

  private List<String> read(Wine wine, List<String> options) throws Exception {
    String position = Wine.windowsPath(folder.resolve("position.txt"));
    try (WindowsProgram printer =
        wine.library(folder, options, EventLogPrinter.class, position, BOOT.toString())) {
      printer.awaitEnd();
      assertThat(printer.out().strip()).as(printer.err()).endsWith("END");
      return printer.out().lines().filter(line -> !line.equals("END")).toList();
    }
  }

  private static String session(int id) {
    return "<EventData><Data Name='TSId'>%d</Data></EventData>".formatted(id);
  }

  @Test
  void readsWhatIsNewAndClosesAllHandles() throws Exception {
    TestingEventLog log = TestingEventLog.in(folder);
    Wine wine = log.with(Wine.emulatedOrSkip());
    log.add(TestingEventLog.SYSTEM, WINLOGON, 7001, BOOT.minusSeconds(60), session(1));
    log.add(TestingEventLog.SYSTEM, WINLOGON, 7001, BOOT.plusMillis(60_500), session(2));
    log.add(TestingEventLog.SYSTEM, "Other", 7001, BOOT.plusSeconds(70), session(3));
    log.add(
        TestingEventLog.SYSTEM,
        WINLOGON,
        7002,
        BOOT.plusSeconds(80),
        "<EventData><Data Name='Long'>%s</Data></EventData>".formatted("ö".repeat(9000)));
    log.refuse("Denied/Operational", 5);

    List<String> first = read(wine, log.javaOptions());
    log.add(TestingEventLog.SYSTEM, WINLOGON, 7002, BOOT.minusSeconds(900), session(2));
    List<String> second = read(wine, log.javaOptions());

    String denied =
        "problem Denied/Operational: access is denied;"
            + " add the agent's account to the group Event Log Readers";
    assertThat(first)
        .containsExactly(
            "102 7001 {TSId=2}",
            "104 7002 {Long=%s}".formatted("ö".repeat(9000)),
            denied,
            "handles 0");
    assertThat(second).containsExactly("105 7002 {TSId=2}", denied, "handles 0");
  }

  /** Wine ends a process that calls what its event log lacks. */
  @Test
  void aSystemWithoutEventLogIsNamedAndNothingElseHappens() throws Exception {
    assertThat(read(Wine.emulatedOrSkip(), List.of()))
        .containsExactly(
            "problem System: EvtOpenLog is refused; this system has no event log",
            "problem Denied/Operational: EvtOpenLog is refused; this system has no event log",
            "handles are not counted");
  }
}
