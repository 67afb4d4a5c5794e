package io.sessionbridge.sink.command.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sink.command.TestingCommands;
import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.sink.command.process.TestingLauncher;
import io.sessionbridge.sink.command.process.UserGroup;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may go wrong round a command, with programs that are none and time that stands still. */
@Timeout(60)
class OnSinkFailureTest {

  private static final String ON = "on: [logon, logoff, lock]\nrun: [/opt/apply]\n";
  private static final String AS_USER = ON + "run_as: session_user\n";

  @TempDir Path folder;
  private final TestingClock clock = new TestingClock();
  private TestingCommands commands;

  @BeforeEach
  void begin() {
    commands = new TestingCommands(folder, clock);
  }

  @AfterEach
  void end() {
    commands.close();
  }

  private static List<String> ids(List<EncodedEvent> events) {
    return TestingEvents.ids(events);
  }

  @Test
  void runsForAFreshLogonThatTheBoardDoesNotShowYet() throws Exception {
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    OnSink sink = commands.connected(AS_USER, launcher);
    EncodedEvent logon = commands.logon();
    commands.show(logon.event().journalSequence() - 1);
    Delivery delivery = new Delivery(sink, List.of(logon));
    clock.awaitWaiting(1);
    commands.show(logon.event().journalSequence(), "kim");
    clock.advance(Duration.ofMillis(10));
    assertThat(delivery.result()).isEqualTo(DeliveryResult.delivered(1));
    assertThat(launcher.started()).containsExactly(logon.event().id());
    assertThat(commands.count("command_skipped_total")).isZero();
  }

  /** The board from before the batch shows no user. */
  @Test
  void readsTheBoardForEachStart() throws Exception {
    EncodedEvent logon = commands.logon();
    EncodedEvent lock = commands.event(TestingEvents.data(Kind.LOCK));
    TestingLauncher launcher =
        new TestingLauncher(
            launch -> {
              commands.show(lock.event().journalSequence());
              return OptionalInt.of(0);
            });
    commands.show(logon.event().journalSequence(), "kim");
    OnSink sink = commands.connected(AS_USER, launcher);
    assertThat(sink.deliver(List.of(logon, lock))).isEqualTo(DeliveryResult.delivered(2));
    assertThat(launcher.started()).containsExactly(logon.event().id());
    assertThat(commands.count("command_skipped_total")).isEqualTo(1);
  }

  /** Without any waiting: the clock stands still. */
  @Test
  void skipsAtOnceWhoIsGoneByABoardThatIsPastTheEvent() throws Exception {
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    OnSink sink = commands.connected(AS_USER, launcher);
    EncodedEvent logon = commands.logon();
    commands.show(logon.event().journalSequence(), "lee");
    assertThat(sink.deliver(List.of(logon))).isEqualTo(DeliveryResult.delivered(1));
    assertThat(launcher.started()).isEmpty();
    assertThat(commands.count("command_skipped_total")).isEqualTo(1);
  }

  @Test
  void doesNotWaitForEverForABoard() throws Exception {
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    OnSink sink = commands.connected(AS_USER, launcher);
    commands.show(0);
    Delivery delivery = new Delivery(sink, List.of(commands.logon()));
    clock.awaitWaiting(1);
    clock.advance(SessionPresence.MAX_WAIT);
    assertThat(delivery.result()).isEqualTo(DeliveryResult.delivered(1));
    assertThat(launcher.started()).isEmpty();
  }

  @Test
  void runsForRecordsOnlyIfConfigured() throws Exception {
    List<EncodedEvent> records =
        List.of(
            commands.recorded(TestingEvents.data(Kind.LOGON)),
            commands.imported(TestingEvents.data(Kind.LOGON)));
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    OnSink sink = commands.connected(ON, launcher);
    assertThat(sink.deliver(records)).isEqualTo(DeliveryResult.delivered(2));
    assertThat(launcher.started()).isEmpty();
    assertThat(commands.count("command_skipped_total")).isZero();
    OnSink replaying = commands.connected(ON + "replayed: true", launcher);
    assertThat(replaying.deliver(records)).isEqualTo(DeliveryResult.delivered(2));
    assertThat(launcher.started()).isEqualTo(ids(records));
  }

  private void assertBuriedAlone(TestingLauncher.Behaviour fails, String thrown) throws Exception {
    List<EncodedEvent> batch = List.of(commands.logon(), commands.logon(), commands.logon());
    String bad = batch.get(1).event().id();
    TestingLauncher launcher =
        new TestingLauncher(
            launch -> {
              if (launch.environment().get("SESSIONBRIDGE_ID").equals(bad)) {
                return fails.run(launch);
              }
              return OptionalInt.of(0);
            });
    DeliveryResult result = commands.connected(ON, launcher).deliver(batch);
    assertThat(result.settled()).isEqualTo(3);
    assertThat(result.rejected())
        .containsExactly(new Rejection(1, "/opt/apply: an internal error of the sink: " + thrown));
    assertThat(launcher.started()).isEqualTo(ids(batch));
  }

  @Test
  void buriesTheEventAloneOnWhichTheSinkItselfFails() throws Exception {
    assertBuriedAlone(
        launch -> {
          throw new IllegalStateException("upside down");
        },
        "java.lang.IllegalStateException: upside down");
    assertBuriedAlone(
        launch -> {
          throw new UnsatisfiedLinkError("no such call");
        },
        "java.lang.UnsatisfiedLinkError: no such call");
  }

  @Test
  void endsWithAVirtualMachineThatCannotGoOn() throws Exception {
    TestingLauncher launcher =
        new TestingLauncher(
            launch -> {
              throw new OutOfMemoryError("of the test");
            });
    OnSink sink = commands.connected(ON, launcher);
    assertThatThrownBy(() -> sink.deliver(List.of(commands.logon())))
        .isInstanceOf(OutOfMemoryError.class);
  }

  private EncodedEvent ofSession(long session) {
    return commands.event(TestingEvents.data(Kind.LOGON).put(Field.SESSION_ID, session));
  }

  @Test
  void aSessionThatHangsHoldsUpNoOther() throws Exception {
    List<EncodedEvent> batch =
        List.of(ofSession(1), ofSession(1), ofSession(2), ofSession(2), ofSession(3));
    CountDownLatch others = new CountDownLatch(3);
    CountDownLatch released = new CountDownLatch(1);
    String first = batch.get(0).event().id();
    TestingLauncher launcher =
        new TestingLauncher(
            launch -> {
              if (launch.environment().get("SESSIONBRIDGE_ID").equals(first)) {
                released.await();
              } else {
                others.countDown();
              }
              return OptionalInt.of(0);
            });
    Delivery delivery = new Delivery(commands.connected(ON + "concurrency: 2", launcher), batch);
    others.await();
    assertThat(launcher.started()).doesNotContain(batch.get(1).event().id());
    released.countDown();
    assertThat(delivery.result()).isEqualTo(DeliveryResult.delivered(5));
    assertThat(launcher.started().get(4)).isEqualTo(batch.get(1).event().id());
  }

  @Test
  void theExitCodeDecidesAlsoIfWhatIsLeftCannotBeEnded() throws Exception {
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    launcher.failKills();
    assertThat(commands.connected(ON, launcher).deliver(List.of(commands.logon())))
        .isEqualTo(DeliveryResult.delivered(1));
    TestingLauncher fails = new TestingLauncher(launch -> OptionalInt.of(3));
    fails.failKills();
    assertThat(
            commands
                .connected(ON, fails)
                .deliver(List.of(commands.logon()))
                .rejected()
                .get(0)
                .reason())
        .isEqualTo(
            "/opt/apply ended with exit code 3; its remaining processes cannot be ended: access is"
                + " denied");
  }

  /** What came while the agent did not run. */
  @Test
  void isNotDegradedByEventsOfTheTimeBeforeIt() throws Exception {
    EncodedEvent before = commands.logon();
    clock.advance(Duration.ofHours(1));
    OnSink sink = commands.connected(ON, new TestingLauncher(TestingLauncher.WORKS));
    assertThat(sink.deliver(List.of(before))).isEqualTo(DeliveryResult.delivered(1));
    assertThat(commands.count("command_skipped_total")).isEqualTo(1);
    assertThat(sink.check().isUp()).isTrue();
  }

  @Test
  void looksAtTheAgeBeforeEachRetry() throws Exception {
    TestingLauncher launcher =
        new TestingLauncher(
            launch -> {
              clock.advance(Duration.ofSeconds(25));
              return OptionalInt.of(7);
            });
    OnSink sink = commands.connected(ON + "retries: 10\nretry_delay: 100ms", launcher);
    Delivery delivery = new Delivery(sink, List.of(commands.logon()));
    for (int retry = 0; retry < 3; retry++) {
      clock.awaitWaiting(1);
      clock.advance(Duration.ofMillis(100));
    }
    DeliveryResult result = delivery.result();
    assertThat(result.rejected().get(0).reason()).isEqualTo("/opt/apply ended with exit code 7");
    assertThat(launcher.started()).hasSize(3);
  }

  /** By default, without any retries of commands. */
  @Test
  void asksForGroupsAgainUntilItKnowsThem() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    launcher.groups(
        () -> {
          if (asked.incrementAndGet() < 3) {
            throw new IOException("no domain controller");
          }
          return List.of(new UserGroup(Optional.of("S-1-5-32-545"), Optional::empty));
        });
    OnSink sink = commands.connected(ON + "where: {groups: [S-1-5-32-545]}", launcher);
    Delivery delivery = new Delivery(sink, List.of(commands.logon()));
    for (int retry = 0; retry < 2; retry++) {
      clock.awaitWaiting(1);
      clock.advance(Duration.ofSeconds(5));
    }
    assertThat(delivery.result()).isEqualTo(DeliveryResult.delivered(1));
    assertThat(launcher.started()).hasSize(1);
    assertThat(commands.count("command_failed_total")).isZero();
  }

  @Test
  void asksForGroupsNoLongerThanTheEventIsYoung() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    launcher.groups(
        () -> {
          asked.incrementAndGet();
          throw new IOException("no domain controller");
        });
    OnSink sink =
        commands.connected(
            ON + "where: {groups: [Staff]}\nmax_age: 12s\nretry_delay: 5s", launcher);
    Delivery delivery = new Delivery(sink, List.of(commands.logon()));
    for (int seconds : new int[] {5, 5, 2}) {
      clock.awaitWaiting(1);
      clock.advance(Duration.ofSeconds(seconds));
    }
    assertThat(delivery.result().rejected())
        .containsExactly(
            new Rejection(
                0, "/opt/apply: cannot determine the user's groups: no domain controller"));
    assertThat(asked).hasValue(4);
    assertThat(launcher.started()).isEmpty();
  }

  @Test
  void isDegradedWhileEventsAreTooOld() throws Exception {
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    OnSink sink = commands.connected(ON + "max_age: 10s", launcher);
    assertThat(sink.check().isUp()).isTrue();
    List<EncodedEvent> batch = List.of(commands.logon(), commands.logon());
    clock.advance(Duration.ofSeconds(12));
    assertThat(sink.deliver(batch)).isEqualTo(DeliveryResult.delivered(2));
    assertThat(launcher.started()).isEmpty();
    assertThat(sink.check())
        .hasToString(
            "DEGRADED: 2 events were older than max_age and ran nothing, the last was 12 s old: a"
                + " command that hangs delays the events after it, see timeout and concurrency");
    clock.advance(LateEvents.KEPT);
    assertThat(sink.check().isUp()).isTrue();
  }

  /** With the defaults: two in a row that hang leave the third its time. */
  @Test
  void aCommandThatHangsDoesNotAgeTheNextOut() throws Exception {
    OnRule rule = commands.config(ON).onRule().orElseThrow();
    assertThat(rule.timeout().multipliedBy(2)).isLessThan(rule.maxAge());
  }

  @Test
  void saysWhatItCouldNotEnd() throws Exception {
    TestingLauncher launcher = new TestingLauncher(launch -> OptionalInt.empty());
    launcher.survive("41", "42");
    DeliveryResult result = commands.connected(ON, launcher).deliver(List.of(commands.logon()));
    assertThat(result.rejected().get(0).reason())
        .isEqualTo(
            "/opt/apply was killed after its timeout of 20000 ms; 2 processes of it cannot be ended"
                + " and keep running: 41, 42");
  }

  @Test
  void elevatesOnlyWhomTheEventNamesByTheSid() throws Exception {
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    String yaml =
        "on: [logon]\nrun: ['C:\\it\\a.exe']\nrun_as: session_user\nelevated: true\nretries: 0";
    OnSink sink = commands.connected(yaml, launcher);
    DeliveryResult result = sink.deliver(List.of(commands.logon()));
    assertThat(result.rejected().get(0).reason())
        .isEqualTo("C:\\it\\a.exe: elevated: the event does not contain the SID of its user");
    assertThat(launcher.started()).isEmpty();
    EncodedEvent known =
        commands.event(TestingEvents.data(Kind.LOGON).put(Field.USER_SID, "S-1-5-21-1-2-3-1001"));
    assertThat(sink.deliver(List.of(known)).rejected()).isEmpty();
    assertThat(launcher.last().user().orElseThrow().sid()).contains("S-1-5-21-1-2-3-1001");
    assertThat(launcher.last().user().orElseThrow().domain()).contains("CONTOSO");
  }
}
