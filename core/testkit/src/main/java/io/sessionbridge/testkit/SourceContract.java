package io.sessionbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rules for every source. A source's test extends this and defines how to create a source and
 * how to cause an event that it reports.
 */
@Timeout(60)
public abstract class SourceContract {

  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  @TempDir protected Path folder;

  protected final TestingClock clock = new TestingClock();
  private final ThreadWatch threads = new ThreadWatch();
  private final List<Source> made = new ArrayList<>();
  private final AtomicInteger occurred = new AtomicInteger();
  private TestingSourceContext context = new TestingSourceContext(clock, Path.of("."));

  /** Creates a source that reports the events of {@link #occur}. */
  protected abstract Source create(SourceContext context) throws Exception;

  /**
   * Causes one event, which the source reports as one observation.
   *
   * @param number from 0, different at each call
   */
  protected abstract void occur(int number) throws Exception;

  /** Whether a restarted source resumes, so that it also reports what happened meanwhile. */
  protected boolean resumes() {
    return false;
  }

  /**
   * Makes every start fail until {@link #allowStart}.
   *
   * @return false if no start of this source can fail
   */
  protected boolean preventStart() throws Exception {
    return false;
  }

  /** Ends {@link #preventStart}. */
  protected void allowStart() throws Exception {}

  /** Extracts the number passed to {@link #occur} from the observation. */
  protected abstract int numberOf(Observation observation);

  @BeforeEach
  final void makeContext() {
    context = new TestingSourceContext(clock, folder);
  }

  @AfterEach
  final void closeAll() throws Exception {
    context.intake().release();
    for (Source source : made) {
      closed(source);
    }
  }

  private Source created() throws Exception {
    Source source = create(context);
    made.add(source);
    return source;
  }

  private Source started() throws Exception {
    Source source = created();
    source.start();
    return source;
  }

  /** Closes while the time advances, because a source may wait while it closes. */
  private void closed(Source source) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread closer =
        Threads.start(
            "main-closer",
            () -> {
              try {
                source.close();
                end.complete(null);
              } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
              }
            });
    clock.advanceUntil("close returns", () -> end.isDone() && !closer.isAlive());
    assertThatCode(end::join).doesNotThrowAnyException();
  }

  private void occur(int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      occur(occurred.getAndIncrement());
      assertThat(occurred).hasValue(i + 1);
    }
  }

  private List<Integer> taken() {
    return context.intake().taken().stream().map(this::numberOf).toList();
  }

  private void awaitTaken(int count) {
    clock.advanceUntil(count + " events are taken", () -> context.intake().taken().size() >= count);
  }

  @Test
  final void isMadeWithoutThreads() throws Exception {
    Source unused = created();
    assertThat(threads.made()).isEmpty();
    assertThat(context.intake().taken()).isEmpty();
  }

  @Test
  final void closesWithoutStart() throws Exception {
    Source source = created();
    closed(source);
    closed(source);
    threads.assertNoneLeft();
  }

  @Test
  final void anotherOneStartsAfterAFailedStart() throws Exception {
    boolean prevented = preventStart();
    for (int attempt = 0; attempt < 3 && prevented; attempt++) {
      Source refused = created();
      assertThatThrownBy(refused::start).isInstanceOf(SourceException.class);
      closed(refused);
      closed(refused);
      threads.assertNoneLeft();
    }
    allowStart();
    Source unused = started();
    occur(0, 2);
    awaitTaken(2);
    assertThat(taken()).containsExactly(0, 1);
  }

  @Test
  final void closesTwice() throws Exception {
    Source source = started();
    closed(source);
    closed(source);
    threads.assertNoneLeft();
  }

  @Test
  final void namesItsThreads() throws Exception {
    Source unused = started();
    occur(0, 1);
    awaitTaken(1);
    threads.assertOnlyNamed("source-src");
  }

  @Test
  final void reportsInOrder() throws Exception {
    Source unused = started();
    occur(0, 5);
    awaitTaken(5);
    occur(5, 8);
    awaitTaken(8);
    assertThat(taken()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  final void losesNothingWhileTheJournalCannotWrite() throws Exception {
    Source source = started();
    context.intake().failNext(4);
    occur(0, 3);
    awaitTaken(3);
    assertThat(taken()).containsExactly(0, 1, 2);
    clock.advanceUntil("health is up again", () -> source.check().isUp());
    assertThat(context.intake().losses()).isEmpty();
  }

  @Test
  final void isDegradedWhileTheJournalCannotWrite() throws Exception {
    Source source = started();
    context.intake().failNext(Long.MAX_VALUE);
    occur(0, 1);
    clock.advanceUntil("health reports it", () -> !source.check().isUp());
    assertThat(source.check().status()).isEqualTo(Health.Status.DEGRADED);
    assertThat(source.check().detail()).contains("no space left");
    context.intake().failNext(0);
    awaitTaken(1);
  }

  @Test
  final void answersWhileTheJournalBlocks() throws Exception {
    context.intake().block();
    long before = System.nanoTime();
    Source source = started();
    occur(0, 1);
    // a polling source needs the time to advance
    clock.advanceUntil("the call waits", () -> context.intake().isBlocked());
    assertThat(source.check()).isNotNull();
    assertThat(source.finished().map(CompletionStage::toCompletableFuture))
        .satisfies(end -> assertThat(end.filter(CompletableFuture::isDone)).isEmpty());
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(AT_ONCE.multipliedBy(2));
  }

  @Test
  final void closesWhileTheJournalBlocks() throws Exception {
    Source source = started();
    context.intake().block();
    occur(0, 1);
    // a polling source needs the time to advance
    clock.advanceUntil("the call waits", () -> context.intake().isBlocked());
    closed(source);
    threads.assertNoneLeft();
  }

  @Test
  final void closesWhileTheJournalCannotWrite() throws Exception {
    Source source = started();
    context.intake().failNext(Long.MAX_VALUE);
    occur(0, 1);
    clock.advanceUntil("health reports it", () -> !source.check().isUp());
    closed(source);
    threads.assertNoneLeft();
  }

  @Test
  final void reportsNothingAfterClose() throws Exception {
    Source source = started();
    occur(0, 2);
    awaitTaken(2);
    closed(source);
    occur(2, 3);
    assertThat(taken()).containsExactly(0, 1);
  }

  @Test
  final void hasOneEnd() throws Exception {
    Source source = started();
    Optional<CompletionStage<Void>> end = source.finished();
    assertThat(source.finished().orElse(null)).isSameAs(end.orElse(null));
  }

  @Test
  final void continuesAfterARestart() throws Exception {
    Source first = started();
    occur(0, 3);
    awaitTaken(3);
    closed(first);
    occur(3, 5);
    Source unused = started();
    occur(5, 7);
    int missed = resumes() ? 0 : 2;
    awaitTaken(7 - missed);
    assertThat(taken())
        .isEqualTo(resumes() ? List.of(0, 1, 2, 3, 4, 5, 6) : List.of(0, 1, 2, 5, 6));
  }
}
