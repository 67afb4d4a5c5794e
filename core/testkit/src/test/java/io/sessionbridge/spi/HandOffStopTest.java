package io.sessionbridge.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.TestingIntake.Lost;
import io.sessionbridge.testkit.TestingSourceContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The items of a hand-off whose journal does not respond. */
@Timeout(30)
class HandOffStopTest {

  private static final int CAPACITY = 4;

  @TempDir Path folder;
  private final TestingClock clock = new TestingClock();

  @Test
  void everyItemIsCountedEvenIfLostBefore() throws Exception {
    TestingSourceContext context = new TestingSourceContext(clock, folder);
    HandOff<Integer> handOff =
        new HandOff<>(
            context,
            stamped ->
                Optional.of(
                    Observation.live(
                        stamped.time(),
                        EventData.builder(Kind.LOCK)
                            .put(Field.SESSION_ID, (long) stamped.item())
                            .build())),
            CAPACITY);
    context.intake().block();
    handOff.start();
    handOff.offer(1);
    context.intake().awaitBlocked(); // the first is in hand
    for (int i = 2; i <= 10; i++) {
      handOff.offer(i); // four wait, five are lost
    }
    Thread closer = new Thread(handOff::close, "closer");
    closer.start();
    clock.awaitWaiting(1);
    clock.advance(Duration.ofMinutes(1));
    closer.join();
    assertThat(context.intake().losses()).containsExactly(new Lost(10, "stopped_while_waiting"));
    assertThat(context.metrics().count("source_overflowed_total")).isEqualTo(10);
  }

  @Test
  void aFailureToReadTheUptimeOnlyOmitsTheField() throws Exception {
    TestingSourceContext context =
        new TestingSourceContext(clock, folder).withHost(new HostWithoutLibrary());
    HandOff<Integer> handOff =
        new HandOff<>(
            context,
            stamped ->
                Optional.of(
                    Observation.live(
                        stamped.time(),
                        EventData.builder(Kind.LOCK)
                            .put(Field.SESSION_ID, (long) stamped.item())
                            .build())));
    handOff.offer(1);
    handOff.start();
    handOff.close();
    assertThat(context.intake().taken()).hasSize(1);
  }

  private static final class HostWithoutLibrary implements Host {
    private final Host rest = new TestingHost();

    @Override
    public String id() {
      return rest.id();
    }

    @Override
    public String name() {
      return rest.name();
    }

    @Override
    public Optional<String> fqdn() {
      return rest.fqdn();
    }

    @Override
    public Optional<String> domain() {
      return rest.domain();
    }

    @Override
    public OptionalLong uptimeMillis() {
      throw new UnsatisfiedLinkError("of a plug-in");
    }

    @Override
    public ZoneOffset localOffset(Instant time) {
      return rest.localOffset(time);
    }
  }

  @Test
  void aThreadEndedByADefectStatesItsItemsAsLost() throws Exception {
    TestingSourceContext context = new TestingSourceContext(clock, folder);
    HandOff<Integer> handOff =
        new HandOff<>(
            context,
            stamped ->
                Optional.of(
                    Observation.live(
                        stamped.time(),
                        EventData.builder(Kind.LOCK)
                            .put(Field.SESSION_ID, (long) stamped.item())
                            .build())));
    Error defect = new NoClassDefFoundError("of a plug-in");
    context.intake().block();
    handOff.start();
    handOff.offer(1);
    context.intake().awaitBlocked(); // the first is in hand
    for (int i = 2; i <= 10; i++) {
      handOff.offer(i);
    }
    context.intake().defect(defect);
    context.intake().release();
    clock.advanceUntil("the thread has ended", () -> !context.threadEnds().isEmpty());
    assertThat(context.threadEnds()).containsExactly(defect);
    assertThat(context.intake().losses()).containsExactly(new Lost(10, "thread_ended"));
    handOff.offer(11);
    handOff.close();
    assertThat(context.intake().losses())
        .containsExactly(new Lost(10, "thread_ended"), new Lost(1, "stopped_while_waiting"));
    assertThat(context.metrics().count("source_overflowed_total")).isEqualTo(11);
  }
}
