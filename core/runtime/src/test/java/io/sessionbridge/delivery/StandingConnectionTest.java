package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.Start;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostActivity.State;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.supervision.BusySince;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingFormats;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.TestingSink;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sink without events still shows the current state and reconnects to its peer. */
class StandingConnectionTest {

  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final SessionState LOCKED =
      new SessionState(
          2,
          Optional.of("kim"),
          Optional.of("CONTOSO"),
          Optional.of(true),
          Optional.empty(),
          Kind.LOCK,
          Instant.EPOCH);

  private final TestingClock clock = new TestingClock();
  private final TestingSink sink = new TestingSink();
  private final ModelStorage disk = new ModelStorage();
  private Journal journal;
  private DeadLetters deadLetters;
  private DeliveryLoop loop;
  private volatile Health ofTheRest = Health.up();
  private volatile List<SessionState> sessions = List.of();
  private volatile HostCondition condition = HostCondition.UNKNOWN;
  private volatile Optional<HostActivity> activity = Optional.empty();

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.defaults(), Path.of("data"), disk, Clock.system());
    deadLetters =
        new DeadLetters(
            JournalConfig.deadLetters(), Path.of("data", "rejected"), disk, Clock.system());
    var cursor = journal.cursors().open("lake", Start.OLDEST);
    loop =
        new DeliveryLoop(
            new DeliveryLoop.Parts(
                "lake",
                sink,
                journal,
                new StepReader(
                    journal.reader(cursor.state().position()),
                    Selection.ALL,
                    TestingFormats.named("json"),
                    new TestingHost(),
                    () -> 0),
                new DeliveryLedger("lake", cursor, deadLetters, true),
                SinkSettings.defaults(),
                () ->
                    new HostState(clock.now(), worst(loop.check()), sessions, condition, activity),
                clock,
                new Backoff(new LongestWait()),
                TestingShare.unlimited()));
  }

  @AfterEach
  void close() {
    loop.close();
    deadLetters.close();
    journal.close();
  }

  @Test
  void reconnectsWithoutAnEvent() throws Exception {
    loop.start();
    clock.awaitWaiting(1);
    assertThat(sink.shown()).hasSize(1);

    sink.down("the broker is gone");
    loop.connectionLost();
    clock.awaitWaiting(1);
    assertThat(loop.check()).isEqualTo(Health.degraded("the broker is gone"));

    sink.up();
    clock.advance(Duration.ofMillis(500));
    sink.awaitConnects(2);
    clock.awaitWaiting(1);
    assertThat(sink.shown()).hasSize(2);
    assertThat(loop.check()).isEqualTo(Health.up());
  }

  @Test
  void isFoundBrokenWithoutANotification() throws Exception {
    loop.start();
    clock.awaitWaiting(1);
    sink.down("the broker is gone");
    clock.advance(PERIOD);
    clock.awaitWaiting(1);
    assertThat(loop.check()).isEqualTo(Health.degraded("the broker is gone"));
  }

  @Test
  void isProbedOncePerPeriodAndWhenInDoubt() throws Exception {
    loop.start();
    clock.awaitWaiting(1);
    assertThat(sink.probes()).isZero();
    clock.advance(PERIOD);
    clock.awaitWaiting(1);
    assertThat(sink.probes()).isEqualTo(1);
    loop.connectionLost();
    clock.awaitWaiting(1);
    assertThat(sink.probes()).isEqualTo(2);
    assertThat(sink.connects()).isEqualTo(1);
  }

  @Test
  void showsEachChangedPartOfTheState() throws Exception {
    loop.start();
    clock.awaitWaiting(1);
    List<HostCondition> conditions =
        List.of(
            HostCondition.of(HostCondition.Presence.INACTIVE),
            HostCondition.of(HostCondition.Display.OFF),
            HostCondition.ofBattery(true),
            HostCondition.ofDisplayRequest(true));
    for (HostCondition change : conditions) {
      condition = condition.updatedBy(change);
      loop.stateChanged();
      clock.awaitWaiting(1);
    }
    sessions = List.of(LOCKED);
    loop.stateChanged();
    clock.awaitWaiting(1);
    assertThat(sink.shown())
        .extracting(HostState::condition)
        .startsWith(
            HostCondition.UNKNOWN,
            conditions.get(0),
            conditions.get(0).updatedBy(conditions.get(1)),
            conditions.get(0).updatedBy(conditions.get(1)).updatedBy(conditions.get(2)),
            condition)
        .hasSize(6);
    assertThat(sink.shown().get(5).sessions()).containsExactly(LOCKED);
    activity = Optional.of(new HostActivity(State.IDLE, Instant.EPOCH, HostActivity.LOCKED));
    loop.stateChanged();
    clock.awaitWaiting(1);
    activity = Optional.of(new HostActivity(State.IDLE, Instant.EPOCH, HostActivity.NOBODY));
    loop.stateChanged();
    clock.awaitWaiting(1);
    assertThat(sink.shown()).hasSize(8);
    assertThat(sink.shown().get(7).activity()).isEqualTo(activity);
  }

  @Test
  void doesNotShowTheSameStateAgain() throws Exception {
    loop.start();
    clock.awaitWaiting(1);
    loop.stateChanged();
    clock.awaitWaiting(1);
    clock.advance(PERIOD);
    clock.awaitWaiting(1);
    assertThat(sink.shown()).hasSize(1);
  }

  @Test
  void showsAHealthChangeWithinAPeriod() throws Exception {
    loop.start();
    clock.awaitWaiting(1);
    ofTheRest = Health.degraded("source wts: not started yet");
    clock.advance(PERIOD);
    clock.awaitWaiting(1);
    assertThat(sink.shown()).extracting(HostState::health).containsExactly(Health.up(), ofTheRest);
  }

  @Test
  void staysDegradedUntilABatchIsAccepted() throws Exception {
    sink.room(0);
    append();
    loop.start();
    clock.awaitWaiting(1);
    clock.advance(Duration.ofMillis(500));
    sink.awaitConnects(2);
    clock.awaitWaiting(1);
    assertThat(sink.shown())
        .extracting(HostState::health)
        .containsExactly(Health.up(), Health.degraded("no more room"));
    assertThat(loop.check()).isEqualTo(Health.degraded("no more room"));

    sink.room(1);
    clock.advance(Duration.ofSeconds(1));
    sink.awaitDelivered(1);
    clock.awaitWaiting(1);
    assertThat(loop.check()).isEqualTo(Health.up());
  }

  @Test
  void isDegradedWhileABatchHangs() throws Exception {
    sink.hold();
    append();
    loop.start();
    sink.awaitHeld();
    clock.advance(BusySince.SLOW.minusMillis(1));
    assertThat(loop.check()).isEqualTo(Health.up());
    clock.advance(Duration.ofMillis(1001));
    assertThat(loop.check())
        .isEqualTo(Health.degraded("delivery of 1 event has not returned for 11 s"));
    sink.release();
    sink.awaitDelivered(1);
    clock.awaitWaiting(1);
    assertThat(loop.check()).isEqualTo(Health.up());
  }

  private void append() throws Exception {
    EventData data = EventData.builder(Kind.LOCK).put(Field.HOST_ID, "host-1").build();
    Observation seen = Observation.recorded(Instant.EPOCH, data, null);
    journal.awaitDurable(journal.append(List.of(new Entry(0, EventRecord.encode("test", seen)))));
  }

  private Health worst(Health ofTheLoop) {
    return ofTheRest.isUp() ? ofTheLoop : ofTheRest;
  }

  @Test
  void isNotReportedMissingOnceConnected() throws Exception {
    loop.start();
    clock.awaitWaiting(1);
    assertThat(sink.shown()).extracting(HostState::health).containsExactly(Health.up());
  }

  @Test
  void endsTheBackOffOnceStable() throws Exception {
    connectAtTheFourthAttempt();
    clock.advance(PERIOD);
    clock.awaitWaiting(1);

    sink.down("gone");
    loop.connectionLost();
    clock.awaitWaiting(1);
    sink.up();
    clock.advance(Duration.ofMillis(500));
    sink.awaitConnects(5);
  }

  @Test
  void keepsTheBackOffWhileFlapping() throws Exception {
    connectAtTheFourthAttempt();

    sink.down("gone");
    loop.connectionLost();
    clock.awaitWaiting(1);
    sink.up();
    clock.advance(Duration.ofMillis(3999));
    clock.awaitWaiting(1);
    assertThat(sink.connects()).isEqualTo(4);
    clock.advance(Duration.ofMillis(1));
    sink.awaitConnects(5);
  }

  private void connectAtTheFourthAttempt() throws Exception {
    sink.down("not yet");
    loop.start();
    clock.awaitWaiting(1);
    clock.advance(Duration.ofMillis(500));
    sink.awaitConnects(2);
    clock.awaitWaiting(1);
    clock.advance(Duration.ofSeconds(1));
    sink.awaitConnects(3);
    clock.awaitWaiting(1);
    sink.up();
    clock.advance(Duration.ofSeconds(2));
    sink.awaitConnects(4);
    clock.awaitWaiting(1);
  }

  /** Jitter that always returns the longest wait. */
  private static final class LongestWait extends Random {
    private static final long serialVersionUID = 1L;

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }
}
