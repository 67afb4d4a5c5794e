package io.sessionbridge.windows.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.windows.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventLogReaderTest {

  private static final Instant BOOT = Instant.parse("2026-11-29T06:00:00Z");
  private static final List<RecordSelection> BOTH =
      List.of(
          RecordSelection.of("System", "P", 7001, 7002),
          RecordSelection.of("System", "Q", 42),
          RecordSelection.of("Lsm", "P", 21));

  private final TestingLog log = new TestingLog();

  private EventLogReader reader() {
    return new EventLogReader(BOTH, log);
  }

  private static Instant at(long seconds) {
    return BOOT.plusSeconds(seconds);
  }

  private static List<Long> numbers(LogReading reading) {
    return reading.records().stream().map(EventLogRecord::number).toList();
  }

  @Test
  void aFirstReadingTakesWhatIsSelectedSinceTheGivenTimeOldestFirst() {
    log.add("System", 7001, 10, at(-1));
    log.add("System", 7001, 11, at(5));
    log.add("System", 1, 12, at(6));
    log.add("Lsm", 21, 3, at(4));
    log.add("System", 7002, 13, at(7));

    LogReading reading = reader().read(LogPosition.NONE, BOOT);

    assertThat(numbers(reading)).containsExactly(3L, 11L, 13L);
    assertThat(reading.incomplete()).isEmpty();
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.position().text()).isEqualTo("Lsm=3\nSystem=13\n");
  }

  @Test
  void aLaterReadingTakesWhatIsNewByNumberWhateverTheClock() {
    log.add("System", 7001, 11, at(5));
    LogPosition first = reader().read(LogPosition.NONE, BOOT).position();
    log.add("System", 7002, 12, at(-100_000));
    log.add("System", 5, 13, at(9));

    LogReading second = reader().read(LogPosition.parse(first.text()), at(500));

    assertThat(numbers(second)).containsExactly(12L);
    assertThat(second.position().text()).isEqualTo("System=13\n");
    assertThat(numbers(reader().read(second.position(), BOOT))).isEmpty();
  }

  @Test
  void theOrderOfAChannelStaysAlthoughTheClockWasPutBack() {
    log.add("System", 7001, 10, at(1000));
    log.add("System", 7002, 11, at(20));
    log.add("Lsm", 21, 3, at(500));

    assertThat(numbers(reader().read(LogPosition.NONE, BOOT))).containsExactly(3L, 10L, 11L);
  }

  @Test
  void reportsRecordsThatWereOverwritten() {
    log.add("System", 7001, 11, at(5));
    LogPosition first = reader().read(LogPosition.NONE, BOOT).position();
    log.add("System", 7002, 12, at(6));
    log.add("System", 7001, 13, at(7));

    log.dropBefore("System", 12);
    assertThat(reader().read(first, BOOT).incomplete()).isEmpty();

    log.dropBefore("System", 13);
    LogReading reading = reader().read(first, BOOT);
    assertThat(reading.incomplete()).containsExactly("System");
    assertThat(numbers(reading)).containsExactly(13L);
  }

  @Test
  void aLogThatBeganAgainIsReadFromTheGivenTime() {
    LogPosition before = LogPosition.parse("System=5000");
    log.add("System", 7001, 1, at(-5));
    log.add("System", 7001, 2, at(5));

    LogReading reading = reader().read(before, BOOT);

    assertThat(numbers(reading)).containsExactly(2L);
    assertThat(reading.incomplete()).containsExactly("System");
    assertThat(reading.position().text()).isEqualTo("System=2\n");
  }

  @Test
  void reportsAClearedLogOnce() {
    log.add("System", 7001, 11, at(5));
    LogPosition first = reader().read(LogPosition.NONE, BOOT).position();
    log.clear("System");

    LogReading reading = reader().read(first, BOOT);

    assertThat(reading.incomplete()).containsExactly("System");
    assertThat(reader().read(reading.position(), BOOT).incomplete()).isEmpty();
  }

  @Test
  void aChannelThatCannotBeReadKeepsNoOtherFromBeingRead() {
    log.fail("System", ErrorCode.ACCESS_DENIED);
    log.add("Lsm", 21, 3, at(4));

    LogReading reading = reader().read(LogPosition.parse("System=9"), BOOT);

    assertThat(numbers(reading)).containsExactly(3L);
    assertThat(reading.position().text()).isEqualTo("Lsm=3\nSystem=9\n");
    assertThat(reading.problems())
        .containsExactly(
            "System: access is denied; add the agent's account to the group Event Log Readers");
  }

  @Test
  void aSystemWithoutEventLogIsNamed() {
    log.fail("System", ErrorCode.NONE);
    log.fail("Lsm", 15_007);

    assertThat(reader().read(LogPosition.NONE, BOOT).problems())
        .containsExactly(
            "System: EvtOpenLog is refused; this system has no event log",
            "Lsm: this version of Windows lacks the channel");
  }

  @Test
  void reportsAnUnreadableRecordAndReadsTheOthers() {
    log.add("System", 7001, 11, at(5), "<Event/>");
    log.add("System", 7001, 12, at(6));

    LogReading reading = reader().read(LogPosition.NONE, BOOT);

    assertThat(numbers(reading)).containsExactly(12L);
    assertThat(reading.problems())
        .containsExactly(
            "System: 1 records, first: a record of the event log has no id, number or time");
  }

  @Test
  void ofAVeryLongAbsenceTheNewestRecordsAreRead() {
    int most = EventLogReader.MOST_RECORDS;
    IntStream.rangeClosed(1, most + 5).forEach(i -> log.add("System", 7001, i, at(i)));

    LogReading reading = reader().read(LogPosition.parse("System=1"), BOOT);

    assertThat(reading.records()).hasSize(most);
    assertThat(reading.records().get(0).number()).isEqualTo(6);
    assertThat(reading.incomplete()).containsExactly("System");
    assertThat(reading.position().text()).isEqualTo("System=" + (most + 5) + "\n");
  }

  @Test
  void eachProviderHasAnExpressionOfItsOwn() {
    log.add("System", 7001, 11, at(5));
    reader().read(LogPosition.parse("System=7"), BOOT);

    assertThat(log.queries.get(0))
        .isEqualTo(
            "<QueryList><Query Id=\"0\">"
                + "<Select Path=\"System\">*[System[Provider[@Name='P'] and (EventID=7001 or"
                + " EventID=7002) and EventRecordID &gt; 7]]</Select>"
                + "<Select Path=\"System\">*[System[Provider[@Name='Q'] and (EventID=42)"
                + " and EventRecordID &gt; 7]]</Select>"
                + "</Query></QueryList>");
  }

  @Test
  void aPositionOfAnotherShapeIsNone() {
    assertThat(LogPosition.parse("nothing\nSystem=x\nLsm=-4\nA=1=2")).isEqualTo(LogPosition.NONE);
  }

  @Test
  void anExpressionThatWindowsWouldRefuseIsNotMade() {
    assertThatThrownBy(() -> RecordSelection.of("System", "P"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
