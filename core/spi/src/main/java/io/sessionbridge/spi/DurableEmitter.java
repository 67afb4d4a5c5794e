package io.sessionbridge.spi;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Observation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits with retry: makes observations durable, in order, with as many attempts as it takes.
 *
 * <ul>
 *   <li>While the journal cannot write ({@link EmitException}), the same observations are offered
 *       again, first after 0.1 s and later after up to 5 s, until it can or the owner stops.
 *   <li>A RuntimeException means that an observation cannot be recorded. It is found by halving the
 *       batch. After it failed alone five times, it is lost with the reason {@code not_encodable},
 *       and the others continue.
 * </ul>
 *
 * <p>One thread calls {@link #emit}; any thread may call the rest.
 */
@Stable
public final class DurableEmitter {

  /** The reason of the gap for an observation that cannot be recorded. */
  public static final String NOT_ENCODABLE = "not_encodable";

  private static final Logger LOG = LoggerFactory.getLogger(DurableEmitter.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int ATTEMPTS_ALONE = 5;

  /** One attempt, see {@link Intake#emit}. */
  @FunctionalInterface
  public interface Attempt {
    void emit(List<Observation> observations) throws EmitException, InterruptedException;
  }

  /** States a loss, see {@link Intake#lost}. */
  @FunctionalInterface
  public interface Loss {
    void state(long count, String reason);
  }

  /**
   * The outcome for a batch, in order: {@code durable + lost + left} is its size.
   *
   * @param durable how many are durable
   * @param lost how many could not be recorded; their loss is stated
   * @param left how many, at the end of the batch, are not durable because the owner stops; their
   *     loss is not stated
   */
  public record Outcome(int durable, int lost, int left) {

    /** Whether nothing is left for the caller to state as lost. */
    public boolean isComplete() {
      return left == 0;
    }
  }

  private final String name;
  private final Attempt attempt;
  private final Loss loss;
  private final LongConsumer onDurable;
  private final Clock.Signal stop;
  private final BooleanSupplier stopping;
  private volatile @Nullable String problem;
  private final AtomicInteger unsettled = new AtomicInteger();

  /**
   * @param name of the owner, for the log: {@code source file}
   * @param onDurable receives the number of observations that became durable
   * @param stop ends a pause when raised; no other thread may wait for it
   * @param stopping checked after each failure; true ends the attempts
   */
  public DurableEmitter(
      String name,
      Attempt attempt,
      Loss loss,
      LongConsumer onDurable,
      Clock.Signal stop,
      BooleanSupplier stopping) {
    this.name = name;
    this.attempt = attempt;
    this.loss = loss;
    this.onDurable = onDurable;
    this.stop = stop;
    this.stopping = stopping;
  }

  /** For a live source: a full journal evicts its oldest events, if so configured. */
  public static DurableEmitter of(
      SourceContext context, Clock.Signal stop, BooleanSupplier stopping) {
    return of(context, context.intake()::emit, stop, stopping);
  }

  /** For a source that can wait, such as a file reader: waits for space in a full journal. */
  public static DurableEmitter whenRoom(
      SourceContext context, Clock.Signal stop, BooleanSupplier stopping) {
    return of(context, context.intake()::emitWhenRoom, stop, stopping);
  }

  private static DurableEmitter of(
      SourceContext context, Attempt attempt, Clock.Signal stop, BooleanSupplier stopping) {
    Metrics.Counter handedOff =
        context.metrics().counter("source_handed_off_total", "Events made durable.");
    return new DurableEmitter(
        "source " + context.id(), attempt, context.intake()::lost, handedOff::add, stop, stopping);
  }

  /**
   * Makes the observations durable. Returns when each of them is durable or stated as lost, or when
   * the owner stops.
   *
   * @param batch within the limits of {@link Intake#emit}; becomes durable as a whole or not at
   *     all, unless an observation cannot be recorded
   * @throws InterruptedException if interrupted; {@link #takeUnsettled} returns how many are not
   *     known to be durable
   */
  public Outcome emit(List<Observation> batch) throws InterruptedException {
    unsettled.set(batch.size());
    int lost = 0;
    Deque<List<Observation>> parts = new ArrayDeque<>();
    parts.add(batch);
    while (!parts.isEmpty()) {
      List<Observation> part = parts.removeFirst();
      AttemptResult result = attempt(part);
      if (result == AttemptResult.STOPPED) {
        int left = takeUnsettled();
        return new Outcome(batch.size() - lost - left, lost, left);
      }
      if (result == AttemptResult.REFUSED && part.size() > 1) {
        int half = part.size() / 2;
        parts.addFirst(part.subList(half, part.size()));
        parts.addFirst(part.subList(0, half));
      } else if (result == AttemptResult.REFUSED) {
        stateLost(part.get(0));
        lost++;
      }
    }
    return new Outcome(batch.size() - lost, lost, 0);
  }

  private enum AttemptResult {
    DURABLE,
    /** Contains an observation that cannot be recorded. */
    REFUSED,
    STOPPED
  }

  /** Repeats the attempt while another one may help. */
  private AttemptResult attempt(List<Observation> part) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    int defects = 0;
    while (true) {
      try {
        attempt.emit(part);
        unsettled.addAndGet(-part.size());
        onDurable.accept(part.size());
        problem = null;
        return AttemptResult.DURABLE;
      } catch (EmitException e) {
        reportWaiting(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        reportDefect(e);
        defects++;
        if (part.size() > 1 || defects == ATTEMPTS_ALONE) {
          return AttemptResult.REFUSED;
        }
      }
      if (stopping.getAsBoolean()) {
        return AttemptResult.STOPPED;
      }
      stop.await(pause);
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  private void reportWaiting(String reason) {
    if (problem == null) {
      LOG.error("{} is waiting for the journal: {}", name, reason);
    }
    problem = reason;
  }

  private void reportDefect(RuntimeException defect) {
    String reason = "an event cannot be recorded: " + DefectText.of(defect);
    if (problem == null) {
      LOG.error("{}: {}", name, reason);
      LOG.debug("{}: stack trace", name, defect);
    }
    problem = reason;
  }

  private void stateLost(Observation observation) {
    LOG.error(
        "{} loses an event of kind {} that cannot be recorded",
        name,
        observation.data().kind().wireName());
    loss.state(1, NOT_ENCODABLE);
    unsettled.decrementAndGet();
    problem = null;
  }

  /** Why observations do not become durable, for the owner's health; empty while they do. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * After {@link #emit} threw: how many of its batch are neither durable nor stated as lost. The
   * caller states them; the next call returns 0.
   */
  public int takeUnsettled() {
    return unsettled.getAndSet(0);
  }
}
