package io.sessionbridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.SystemLog;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A resume or agent start after a fast startup has the reason from the system's log. */
class FastStartupTest implements SystemLog {

  private static final Path FOLDER = Path.of("data");

  private final ModelStorage disk = new ModelStorage();
  private final TestingClock clock = new TestingClock();
  private final TickingHost host = TickingHost.from(clock);
  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private boolean broken;
  private int reads;
  private Journal journal;
  private Ingest ingest;
  private Intake intake;

  @Override
  public Reading read(Optional<String> position, Instant since) {
    reads++;
    if (broken) {
      throw new IllegalStateException("a defect");
    }
    return new Reading(entries, "1", true);
  }

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.defaults(), FOLDER, disk, Clock.system());
    SessionStates states = TestingStates.restore(disk, FOLDER, host);
    Checkpoint checkpoint = Checkpoint.restore(journal, clock, host.id(), source -> true, states);
    ingest =
        new Ingest(
            journal,
            host,
            clock,
            new LiveBoard(clock, Health::up),
            checkpoint,
            states,
            Optional.empty(),
            Optional.of(this));
    intake = ingest.intake("windows", "scm", Optional.empty());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private void emit(EventData.Builder data) throws Exception {
    intake.emit(List.of(Observation.live(clock.now(), data.build())));
  }

  private void logOnAndSuspend() throws Exception {
    emit(EventData.builder(Kind.LOGON).put(Field.SESSION_ID, 2L).put(Field.USER_NAME, "kim"));
    clock.advance(Duration.ofHours(8));
    emit(EventData.builder(Kind.HOST_SUSPEND));
    clock.advance(Duration.ofHours(10));
  }

  private void record(Duration ago, Optional<String> reason) {
    EventData.Builder data = EventData.builder(Kind.HOST_RESUME);
    reason.ifPresent(it -> data.put(Field.REASON, it));
    entries.add(new Entry(clock.now().minus(ago), data.build(), "kernel_boot_27"));
  }

  private List<SessionEvent> events() throws Exception {
    return Recorded.events(journal, host);
  }

  private Optional<String> lastReason() throws Exception {
    return events().get(events().size() - 1).data().find(Field.REASON);
  }

  @Test
  void aResumeHasTheReasonAndEndsTheSessions() throws Exception {
    logOnAndSuspend();
    record(Duration.ofSeconds(2), Optional.of("fast_startup"));
    emit(EventData.builder(Kind.HOST_RESUME));
    assertThat(events())
        .extracting(SessionEvent::kind)
        .containsExactly(Kind.LOGON, Kind.HOST_SUSPEND, Kind.LOGOFF, Kind.HOST_RESUME);
    assertThat(lastReason()).contains("fast_startup");
    assertThat(events().get(2).data().get(Field.SESSION_SECONDS)).isEqualTo(8 * 3600);
    assertThat(reads).as("reads of the log").isEqualTo(1);
  }

  @Test
  void aResumeFromSleepHasNoReason() throws Exception {
    logOnAndSuspend();
    record(Duration.ofSeconds(2), Optional.empty());
    emit(EventData.builder(Kind.HOST_RESUME));
    assertThat(lastReason()).isEmpty();
    assertThat(events()).hasSize(3);
  }

  @Test
  void anEarlierFastStartupDoesNotCount() throws Exception {
    record(Duration.ofDays(1), Optional.of("fast_startup"));
    logOnAndSuspend();
    emit(EventData.builder(Kind.HOST_RESUME));
    assertThat(lastReason()).isEmpty();
  }

  @Test
  void aStartOfTheAgentHasTheReason() throws Exception {
    logOnAndSuspend();
    journal.close();
    open();
    record(Duration.ofMinutes(1), Optional.of("fast_startup"));
    ingest.emitOwn(EventData.builder(Kind.BRIDGE_START).build());
    assertThat(lastReason()).contains("fast_startup");
    assertThat(events()).extracting(SessionEvent::kind).contains(Kind.LOGOFF);
    clock.advance(Duration.ofMinutes(1));
    ingest.emitOwn(EventData.builder(Kind.BRIDGE_START).build());
    assertThat(lastReason()).as("once").isEmpty();
  }

  @Test
  void anUnknownHostHasNoReason() throws Exception {
    record(Duration.ofMinutes(1), Optional.of("fast_startup"));
    ingest.emitOwn(EventData.builder(Kind.BRIDGE_START).build());
    assertThat(lastReason()).isEmpty();
  }

  @Test
  void aFailingLogStopsNothing() throws Exception {
    logOnAndSuspend();
    broken = true;
    emit(EventData.builder(Kind.HOST_RESUME));
    assertThat(lastReason()).isEmpty();
  }
}
