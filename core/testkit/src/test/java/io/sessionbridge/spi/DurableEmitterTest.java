package io.sessionbridge.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.DurableEmitter.Outcome;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingIntake.Lost;
import io.sessionbridge.testkit.TestingSourceContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Emits until everything is durable, stated as lost, or returned. */
@Timeout(30)
class DurableEmitterTest {

  private final TestingClock clock = new TestingClock();
  private final TestingSourceContext context = new TestingSourceContext(clock, Path.of("."));
  private final Clock.Signal stop = clock.signal();
  private volatile boolean stopping;
  private final DurableEmitter emitter = DurableEmitter.of(context, stop, () -> stopping);

  private static List<Observation> events(int count) {
    return LongStream.range(0, count).mapToObj(DurableEmitterTest::event).toList();
  }

  private static Observation event(long number) {
    return Observation.live(
        Instant.EPOCH, TestingEvents.data(Kind.LOCK).put(Field.RAW_CODE, number).build());
  }

  private List<Long> taken() {
    return context.intake().taken().stream().map(seen -> seen.data().get(Field.RAW_CODE)).toList();
  }

  private CompletableFuture<Outcome> emit(List<Observation> batch) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.complete(emitter.emit(batch));
              } catch (InterruptedException | RuntimeException | Error e) {
                outcome.completeExceptionally(e);
              }
            },
            "emitter");
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  private Outcome settled(CompletableFuture<Outcome> outcome) {
    clock.advanceUntil("emit returns", outcome::isDone);
    return outcome.join();
  }

  @Test
  void oneCallWhereNothingFails() {
    assertThat(settled(emit(events(256)))).isEqualTo(new Outcome(256, 0, 0));
    assertThat(context.intake().batches()).hasSize(1);
    assertThat(context.metrics().count("source_handed_off_total")).isEqualTo(256);
  }

  @Test
  void repeatsTheBatchUntilTheJournalWrites() {
    context.intake().failNext(7);
    CompletableFuture<Outcome> outcome = emit(events(3));
    clock.advanceUntil("it says why", () -> emitter.problem().isPresent());
    assertThat(emitter.problem()).hasValue("no space left");
    assertThat(settled(outcome)).isEqualTo(new Outcome(3, 0, 0));
    assertThat(taken()).containsExactly(0L, 1L, 2L);
    assertThat(emitter.problem()).isEmpty();
  }

  @Test
  void oneThatCannotBeRecordedIsLostAloneAndTheOthersKeepTheirOrder() {
    for (long poison : new long[] {0, 100, 255}) {
      context.intake().refuseIf(seen -> seen.data().get(Field.RAW_CODE) == poison);
      int before = taken().size();
      assertThat(settled(emit(events(256)))).isEqualTo(new Outcome(255, 1, 0));
      assertThat(taken().subList(before, before + 255))
          .isEqualTo(LongStream.range(0, 256).filter(number -> number != poison).boxed().toList());
    }
    assertThat(context.intake().losses())
        .containsExactly(
            new Lost(1, "not_encodable"),
            new Lost(1, "not_encodable"),
            new Lost(1, "not_encodable"));
    assertThat(emitter.problem()).isEmpty();
  }

  @Test
  void aDefectThatPassesLosesNothing() {
    context.intake().defect(new IllegalStateException("of kim"));
    CompletableFuture<Outcome> outcome = emit(events(2));
    clock.advanceUntil("it says why", () -> emitter.problem().isPresent());
    assertThat(emitter.problem())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("an event cannot be recorded: java.lang.IllegalStateException at ")
                    .doesNotContain("kim"));
    context.intake().defect(null);
    assertThat(settled(outcome)).isEqualTo(new Outcome(2, 0, 0));
    assertThat(context.intake().losses()).isEmpty();
  }

  @Test
  void whatIsLeftAtAStopIsReturnedAndNotStated() {
    context.intake().failNext(Long.MAX_VALUE);
    CompletableFuture<Outcome> outcome = emit(events(5));
    clock.advanceUntil("it says why", () -> emitter.problem().isPresent());
    stopping = true;
    stop.raise();
    assertThat(settled(outcome)).isEqualTo(new Outcome(0, 0, 5));
    assertThat(context.intake().losses()).isEmpty();
    assertThat(emitter.takeUnsettled()).isZero();
  }

  @Test
  void anErrorReachesTheOwnerWithTheUnsettledCount() {
    context.intake().defect(new StackOverflowError());
    assertThat(emit(events(5))).failsWithin(Duration.ofSeconds(20));
    assertThat(emitter.takeUnsettled()).isEqualTo(5);
  }
}
