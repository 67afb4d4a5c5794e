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
 * The bounded queue between an operating system callback, which must not block, and the intake,
 * which waits for the disk. Every source with callbacks uses it.
 *
 * <p>{@link #offer} takes the time first and copies a few bytes; a thread {@code source-<id>}
 * translates and emits batches with a {@link DurableEmitter}. While the journal cannot write, the
 * queue fills. Items that no longer fit are counted in their place and become a {@code gap} with
 * the reason {@code handoff_full} between their neighbours. If a defect ends the thread, its items
 * are lost with the reason {@code thread_ended}, and the core creates the source again.
 *
 * <p>Counters: {@code seen = handed_off + ignored + overflowed + waiting}.
 *
 * @param <T> a small immutable copy of the callback's arguments
 */
@Evolving
public final class HandOff<T> implements AutoCloseable {

  /** The maximum number of queued items; some megabytes when full. */
  public static final int CAPACITY = 65_536;

  /** The maximum number of items per call of the intake. */
  public static final int BATCH = 256;

  private static final Logger LOG = LoggerFactory.getLogger(HandOff.class);
  private static final Duration DRAIN_TIME = Duration.ofSeconds(5);

  /** Additional time for the last attempt to emit: the longest pause between two attempts. */
  private static final Duration LAST_ATTEMPT = Duration.ofSeconds(5);

  /**
   * An item with the time at which it was offered.
   *
   * @param uptimeMillis the host's uptime at that time
   */
  public record Stamped<T>(T item, Instant time, OptionalLong uptimeMillis) {

    /**
     * Returns another item with the same time, for instance a part or a translation of this one.
     */
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
  private long lostAfterBatch;

  /**
   * @param translator translates an item, on the thread of the hand-off; empty to ignore it. If it
   *     throws, that item alone is lost, as a gap with the reason {@code translator_failed}
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

  /** Starts the thread. Items may be offered before. */
  public void start() {
    thread.start();
  }

  /** Accepts an item from a callback. Never waits for I/O, and never throws. */
  public void offer(T item) {
    Instant time = context.clock().now();
    OptionalLong uptime = uptime();
    seen.add(1);
    if (!queue.offer(new Stamped<>(item, time, uptime))) {
      overflowed.add(1);
    }
    filled.raise();
  }

  /** A failed system call only omits the field; the callback must not fail. */
  private OptionalLong uptime() {
    try {
      return context.host().uptimeMillis();
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("source {}: the uptime of the host is unknown", context.id(), e);
      return OptionalLong.empty();
    }
  }

  /** Why events cannot be made durable, for the source's health; empty while they can. */
  public Optional<String> problem() {
    return emitter.problem();
  }

  private void run() {
    try {
      handOver();
    } catch (InterruptedException e) {
      if (closing) {
        stateRemaining("stopped_while_waiting");
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
      stateRemaining("thread_ended");
    } finally {
      context.threadEnded(cause);
    }
  }

  private void handOver() throws InterruptedException {
    while (true) {
      HandOffQueue.Taken<Stamped<T>> taken = queue.take(BATCH);
      if (!taken.isEmpty()) {
        process(taken);
      } else if (closing) {
        return;
      } else {
        filled.await();
      }
    }
  }

  /** States the loss of everything that the thread holds and of everything still queued. */
  private void stateRemaining(String reason) {
    HandOffQueue.Rest rest = queue.takeRest();
    long unsettled = held + emitter.takeUnsettled() + rest.items();
    long lost = unsettled + lostAfterBatch + rest.lost();
    held = 0;
    lostAfterBatch = 0;
    overflowed.add(unsettled); // the items that did not fit were counted when they arrived
    if (lost > 0) {
      LOG.error("source {} stopped; {} events may not be durable", context.id(), lost);
      context.intake().lost(lost, reason);
    }
  }

  private void process(HandOffQueue.Taken<Stamped<T>> taken) throws InterruptedException {
    lostAfterBatch = taken.lostAfter();
    held = taken.items().size();
    List<Observation> observations = new ArrayList<>(held);
    for (Stamped<T> item : taken.items()) {
      translate(item).ifPresentOrElse(observations::add, () -> held--);
    }
    held = 0;
    if (!observations.isEmpty()) {
      emit(observations);
    }
    lostAfterBatch = 0;
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
      LOG.debug("source {}: the notification was {}", context.id(), item.item(), e);
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

  /** Emits the items offered so far, for at most 5 seconds. Unregister the callback first. */
  @Override
  public void close() {
    closeDeadline = context.clock().nanoTime() + DRAIN_TIME.toNanos();
    closing = true;
    filled.raise();
    stop.raise();
    if (!thread.isAlive()) {
      stateRemaining("stopped_while_waiting"); // offered after the thread ended, or never started
      return;
    }
    try {
      if (!ended.await(DRAIN_TIME.plus(LAST_ATTEMPT))) {
        thread.interrupt(); // the disk does not respond
      }
      thread.join(LAST_ATTEMPT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
