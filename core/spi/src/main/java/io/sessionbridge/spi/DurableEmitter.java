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
 * Emits with retry: makes observations durable, in their order, however often it takes.
 *
 * <ul>
 *   <li>While the journal cannot write ({@link EmitException}), the same observations are offered
 *       again after 0.1 s, later after up to 5 s, until it can or the owner stops.
 *   <li>An attempt that throws a RuntimeException has met an observation that cannot be recorded.
 *       It is found by halving. If it fails alone five times, it is lost with the reason {@code
 *       not_encodable}, and the others go on.
 * </ul>
 *
 * <p>{@link #emit} is called by one thread, the rest by any.
 */
@Stable
public final class DurableEmitter {

  /** The reason of the gap that stands for an observation that cannot be recorded. */
  public static final String NOT_ENCODABLE = "not_encodable";

  private static final Logger LOG = LoggerFactory.getLogger(DurableEmitter.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int ATTEMPTS_ALONE = 5;

  /** One attempt, as {@link Intake#emit} makes it. */
  @FunctionalInterface
  public interface Attempt {
    void emit(List<Observation> seen) throws EmitException, InterruptedException;
  }

  /** States a loss, as {@link Intake#lost} does. */
  @FunctionalInterface
  public interface Loss {
    void state(long count, String reason);
  }

  /**
   * What became of the observations, in their order: {@code durable + lost + left} is their number.
   *
   * @param durable made durable
   * @param lost could not be recorded; their loss is stated
   * @param left not made durable because the owner stops: the last ones. Their loss is not stated
   */
  public record Outcome(int durable, int lost, int left) {

    /** Whether nothing is left to the caller. */
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
  private volatile @Nullable String trouble;
  private final AtomicInteger unsettled = new AtomicInteger();

  /**
   * @param name of the owner, for the log: {@code source file}
   * @param onDurable is told how many became durable, as soon as they are
   * @param stop ends a wait when it is raised; no other thread may wait for it
   * @param stopping asked after each failure; true gives up what is not durable
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

  /** For a source that listens: a full journal gives up its oldest events, if so configured. */
  public static DurableEmitter of(
      SourceContext context, Clock.Signal stop, BooleanSupplier stopping) {
    return of(context, context.intake()::emit, stop, stopping);
  }

  /** For a source that reads what does not run away: waits for room in a full journal. */
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
   * @param batch within the limits of {@link Intake#emit}. Without an observation that cannot be
   *     recorded it becomes durable whole or not at all
   * @throws InterruptedException if interrupted; {@link #takeUnsettled} are not known to be durable
   */
  public Outcome emit(List<Observation> batch) throws InterruptedException {
    unsettled.set(batch.size());
    int lost = 0;
    Deque<List<Observation>> parts = new ArrayDeque<>();
    parts.add(batch);
    while (!parts.isEmpty()) {
      List<Observation> part = parts.removeFirst();
      Fate fate = attempt(part);
      if (fate == Fate.STOPPED) {
        int left = takeUnsettled();
        return new Outcome(batch.size() - lost - left, lost, left);
      }
      if (fate == Fate.REFUSED && part.size() > 1) {
        int half = part.size() / 2;
        parts.addFirst(part.subList(half, part.size()));
        parts.addFirst(part.subList(0, half));
      } else if (fate == Fate.REFUSED) {
        lose(part.get(0));
        lost++;
      }
    }
    return new Outcome(batch.size() - lost, lost, 0);
  }

  private enum Fate {
    DURABLE,
    /** Holds what cannot be recorded. */
    REFUSED,
    STOPPED
  }

  /** Attempts as long as another attempt may help. */
  private Fate attempt(List<Observation> part) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    int defects = 0;
    while (true) {
      try {
        attempt.emit(part);
        unsettled.addAndGet(-part.size());
        onDurable.accept(part.size());
        trouble = null;
        return Fate.DURABLE;
      } catch (EmitException e) {
        waits(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        defective(e);
        defects++;
        if (part.size() > 1 || defects == ATTEMPTS_ALONE) {
          return Fate.REFUSED;
        }
      }
      if (stopping.getAsBoolean()) {
        return Fate.STOPPED;
      }
      stop.await(pause);
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  private void waits(String reason) {
    if (trouble == null) {
      LOG.error("{} waits: {}", name, reason);
    }
    trouble = reason;
  }

  private void defective(RuntimeException defect) {
    String reason = "an event cannot be recorded: " + DefectText.of(defect);
    if (trouble == null) {
      LOG.error("{}: {}", name, reason);
      LOG.debug("{}: the defect", name, defect);
    }
    trouble = reason;
  }

  private void lose(Observation observation) {
    LOG.error(
        "{} loses an event of kind {} that cannot be recorded",
        name,
        observation.data().kind().wireName());
    loss.state(1, NOT_ENCODABLE);
    unsettled.decrementAndGet();
    trouble = null;
  }

  /** Empty while observations become durable; else why not, for the owner's health. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * How many of the batch whose emit threw are neither durable nor stated as lost. The caller
   * states them; the next call returns 0.
   */
  public int takeUnsettled() {
    return unsettled.getAndSet(0);
  }
}
