package io.sessionbridge.sink.command.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sink.command.TestingCommands;
import io.sessionbridge.sink.command.process.TestingLauncher;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingEvents;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is settled when the agent stops during a batch. */
@Timeout(60)
class OnSinkStopTest {

  private static final String ON = "on: [logon, logoff, lock]\nrun: [/opt/apply]\n";

  @TempDir Path folder;
  private final CountDownLatch blocks = new CountDownLatch(1);
  private TestingCommands commands;

  @BeforeEach
  void begin() {
    commands = new TestingCommands(folder, new TestingClock());
  }

  @AfterEach
  void end() {
    commands.close();
  }

  private EncodedEvent ofSession(long session) {
    return commands.event(TestingEvents.data(Kind.LOGON).put(Field.SESSION_ID, session));
  }

  /** The program of one event does not end; those of some others fail. */
  private TestingLauncher blockingOn(EncodedEvent event, EncodedEvent... failing) {
    List<String> failures = TestingEvents.ids(List.of(failing));
    return new TestingLauncher(
        launch -> {
          String id = launch.environment().get("SESSIONBRIDGE_ID");
          if (id.equals(event.event().id())) {
            blocks.countDown();
            new CountDownLatch(1).await();
          }
          return OptionalInt.of(failures.contains(id) ? 1 : 0);
        });
  }

  /** A delivery that the agent stops while a program runs. */
  private Delivery stopped(TestingLauncher launcher, List<EncodedEvent> batch) throws Exception {
    Delivery delivery = new Delivery(commands.connected(ON, launcher), batch);
    blocks.await();
    delivery.interrupt();
    return delivery;
  }

  @Test
  void settlesWhatHasRun() throws Exception {
    List<EncodedEvent> batch = List.of(commands.logon(), commands.logon(), commands.logon());
    TestingLauncher launcher = blockingOn(batch.get(1));
    Delivery delivery = stopped(launcher, batch);
    assertThat(delivery.result())
        .isEqualTo(DeliveryResult.unavailable(1, List.of(), "the agent stops"));
    assertThat(delivery.leftInterrupted()).as("the core must write what is settled").isFalse();
    assertThat(launcher.started()).isEqualTo(TestingEvents.ids(batch.subList(0, 2)));
  }

  @Test
  void settlesFailuresWithTheRest() throws Exception {
    List<EncodedEvent> batch = List.of(commands.logon(), commands.logon(), commands.logon());
    assertThat(stopped(blockingOn(batch.get(2), batch.get(1)), batch).result())
        .isEqualTo(
            DeliveryResult.unavailable(
                2,
                List.of(new Rejection(1, "/opt/apply ended with exit code 1")),
                "the agent stops"));
  }

  /** As little as possible runs again after a stop. */
  @Test
  void runsTheEventsOfAllSessionsInTheirOrder() throws Exception {
    List<EncodedEvent> batch = List.of(ofSession(1), ofSession(2), ofSession(1), ofSession(2));
    TestingLauncher launcher = blockingOn(batch.get(2));
    assertThat(stopped(launcher, batch).result())
        .isEqualTo(DeliveryResult.unavailable(2, List.of(), "the agent stops"));
    assertThat(launcher.started()).isEqualTo(TestingEvents.ids(batch.subList(0, 3)));
  }

  /** While the rules are waited for. */
  @Test
  void startsNothingOnceTheAgentStops() throws Exception {
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    OnSink sink = commands.connected(ON, launcher);
    AtomicReference<DeliveryResult> result = new AtomicReference<>();
    Thread delivering =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              result.set(sink.deliver(List.of(commands.logon())));
            });
    delivering.start();
    delivering.join();
    assertThat(result.get()).isEqualTo(DeliveryResult.unavailable(0, List.of(), "the agent stops"));
    assertThat(launcher.started()).isEmpty();
  }
}
