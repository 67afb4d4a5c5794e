package io.sessionbridge.spi;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded queue between a callback of the operating system, which must not block, and the
 * intake, which waits for the disk. Every callback source uses it.
 *
 * <p>{@link #offer} stamps the time first and copies a few bytes; a thread {@code source-<id>}
 * translates and emits in batches with a {@link DurableEmitter}. While the journal cannot write,
 * the queue fills. What no longer fits is counted in its place and becomes a {@code gap} with
 * reason {@code handoff_full} between its neighbours. If a defect ends the thread, what it held is
 * lost with reason {@code thread_ended}, and the core makes the source again.
 *
 * <p>Counters: {@code seen = handed_off + ignored + overflowed + waiting}.
 *
 * @param <T> a small immutable copy of what the callback was told
 */
@Evolving
public final class HandOff<T> implements AutoCloseable {

  /** Items that wait at most; some megabytes when full. */
  public static final int CAPACITY = 65_536;

  /** Items per call of the intake at most. */
  public static final int BATCH = 256;

  private static final Logger LOG = LoggerFactory.getLogger(HandOff.class);
  private static final Duration DRAIN_TIME = Duration.ofSeconds(5);

  /** The longest wait between two attempts to emit, and time for the last one. */
  private static final Duration LAST_ATTEMPT = Duration.ofSeconds(5);

  /**
   * An item with the moment at which it was offered.
   *
   * @param uptimeMillis the host's uptime at that moment
   */
  public record Stamped<T>(T item, Instant time, OptionalLong uptimeMillis) {

    /** A part of the item, or what it means, of the same moment. */
    public <U> Stamped<U> with(U other) {
      return new Stamped<>(other, time, uptimeMillis);
    }
  }

  private final SourceContext context;
  private final Function<Stamped<T>, Optional<Observation>> translator;
  private final HandOffQueue<Stamped<T>> queue;
  private final DurableEmitter emitter;
  private final Clock.Signal filled;
  private final Clock.Signal stop;
  private final Clock.Signal ended;
  private final Metrics.Counter seen;
  private final Metrics.Counter ignored;
  private final Metrics.Counter overflowed;
  private final Thread thread;
  private volatile boolean closing;
  private volatile long closeDeadline;
  private int held;
  private long lostAfterHand;

  /**
   * @param translator decides what an item means, on the hand-off's thread; empty to ignore it.
   *     What it throws loses that item alone, as a gap with reason {@code translator_failed}.
   */
  public HandOff(SourceContext context, Function<Stamped<T>, Optional<Observation>> translator) {
    this(context, translator, CAPACITY);
  }

  HandOff(
      SourceContext context, Function<Stamped<T>, Optional<Observation>> translator, int capacity) {
    this.context = context;
    this.translator = translator;
    this.queue = new HandOffQueue<>(capacity);
    this.filled = context.clock().signal();
    this.stop = context.clock().signal();
    this.ended = context.clock().signal();
    this.emitter = DurableEmitter.of(context, stop, this::isOverdue);
    Metrics metrics = context.metrics();
    this.seen = metrics.counter("source_seen_total", "Notifications or lines received.");
    this.ignored = metrics.counter("source_ignored_total", "Notifications that are not events.");
    this.overflowed =
        metrics.counter("source_overflowed_total", "Events lost because the hand-off was full.");
    this.thread = new Thread(this::run, "source-" + context.id());
    thread.setDaemon(true);
  }

  private boolean isOverdue() {
    return closing && context.clock().nanoTime() - closeDeadline >= 0;
  }

  /** Begins to hand over. Items may be offered before. */
  public void start() {
    thread.start();
  }

  /** Takes an item from a callback. Never blocks longer than a copy takes, and never throws. */
  public void offer(T item) {
    Instant time = context.clock().now();
    OptionalLong uptime = uptime();
    seen.add(1);
    if (!queue.offer(new Stamped<>(item, time, uptime))) {
      overflowed.add(1);
    }
    filled.raise();
  }

  /** A call to the system that fails means a field less, and nothing to who calls us back. */
  private OptionalLong uptime() {
    try {
      return context.host().uptimeMillis();
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("source {}: the uptime of the host is unknown", context.id(), e);
      return OptionalLong.empty();
    }
  }

  /** Empty while events can be made durable; else why not, for the source's health. */
  public Optional<String> trouble() {
    return emitter.trouble();
  }

  private void run() {
    try {
      handOver();
    } catch (InterruptedException e) {
      if (closing) {
        stateRest("stopped_while_waiting");
      } else {
        threadEnded(e);
      }
    } catch (RuntimeException | Error e) {
      threadEnded(e);
    } finally {
      ended.raise();
    }
  }

  private void threadEnded(Throwable cause) {
    try {
      stateRest("thread_ended");
    } finally {
      context.threadEnded(cause);
    }
  }

  private void handOver() throws InterruptedException {
    while (true) {
      HandOffQueue.Taken<Stamped<T>> taken = queue.take(BATCH);
      if (!taken.isEmpty()) {
        hand(taken);
      } else if (closing) {
        return;
      } else {
        filled.await();
      }
    }
  }

  /** States the loss of all that this thread holds and of what waits. */
  private void stateRest(String reason) {
    HandOffQueue.Rest rest = queue.takeRest();
    long untold = held + emitter.takeUnsettled() + rest.items();
    long lost = untold + lostAfterHand + rest.lost();
    held = 0;
    lostAfterHand = 0;
    overflowed.add(untold); // the lost ones were counted when they came
    if (lost > 0) {
      LOG.error("source {} ends; {} events may not be durable", context.id(), lost);
      context.intake().lost(lost, reason);
    }
  }

  private void hand(HandOffQueue.Taken<Stamped<T>> taken) throws InterruptedException {
    lostAfterHand = taken.lostAfter();
    held = taken.items().size();
    List<Observation> observations = new ArrayList<>(held);
    for (Stamped<T> item : taken.items()) {
      translate(item).ifPresentOrElse(observations::add, () -> held--);
    }
    held = 0;
    if (!observations.isEmpty()) {
      emit(observations);
    }
    lostAfterHand = 0;
    if (taken.lostAfter() > 0) {
      LOG.warn("source {} lost {} events: the hand-off was full", context.id(), taken.lostAfter());
      context.intake().lost(taken.lostAfter(), "handoff_full");
    }
  }

  private Optional<Observation> translate(Stamped<T> item) {
    try {
      Optional<Observation> observation = translator.apply(item);
      if (observation.isEmpty()) {
        ignored.add(1);
      }
      return observation;
    } catch (RuntimeException e) {
      LOG.error("source {} could not translate a notification: {}", context.id(), DefectText.of(e));
      LOG.debug("source {}: it was {}", context.id(), item.item(), e);
      overflowed.add(1);
      context.intake().lost(1, "translator_failed");
      return Optional.empty();
    }
  }

  private void emit(List<Observation> observations) throws InterruptedException {
    DurableEmitter.Outcome outcome = emitter.emit(observations);
    overflowed.add(outcome.lost() + (long) outcome.left());
    if (!outcome.isComplete()) {
      context.intake().lost(outcome.left(), "stopped_while_waiting");
    }
  }

  /**
   * Hands over what was offered before, for at most 5 seconds. The source is unregistered first.
   */
  @Override
  public void close() {
    closeDeadline = context.clock().nanoTime() + DRAIN_TIME.toNanos();
    closing = true;
    filled.raise();
    stop.raise();
    if (!thread.isAlive()) {
      stateRest("stopped_while_waiting"); // offered after its end, or without a start
      return;
    }
    try {
      if (!ended.await(DRAIN_TIME.plus(LAST_ATTEMPT))) {
        thread.interrupt(); // it waits for a disk that does not answer
      }
      thread.join(LAST_ATTEMPT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
