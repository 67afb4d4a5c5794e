package io.sessionbridge.source.kernel;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DurableEmitter;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.windows.driver.DriverException;
import io.sessionbridge.windows.driver.DriverReader;
import io.sessionbridge.windows.driver.DriverRecord;
import io.sessionbridge.windows.driver.SessionDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the driver hears, on its thread {@code source-<id>}, and emits it.
 *
 * <p>There is no hand-off: the driver keeps the last records, read or not, and the position of each
 * is durable with its event. So what was read and is not durable is read again after a restart, and
 * what the driver had to overwrite meanwhile is counted by the sequence.
 */
final class KernelSource implements Source {

  /** The reason of the gap that stands for records that were overwritten unread. */
  static final String OVERWRITTEN = "driver_full";

  private static final Logger LOG = LoggerFactory.getLogger(KernelSource.class);

  /** Time for the batch in hand to become durable at a stop; it is read again otherwise. */
  private static final long GRACE_MILLIS = 1000;

  private final SourceContext context;
  private final Supplier<SessionDriver> driver;
  private final Clock.Signal stop;
  private final DurableEmitter emitter;
  private final Metrics.Counter seen;

  /** The thread, and who closes the source: the last one closes the driver. */
  private final AtomicInteger users = new AtomicInteger(2);

  private volatile boolean closing;
  private @Nullable Thread thread;
  private @Nullable DriverReader reader;

  /**
   * Opens nothing.
   *
   * @param driver asked once, at the start
   */
  KernelSource(SourceContext context, Supplier<SessionDriver> driver) {
    this.context = context;
    this.driver = driver;
    this.stop = context.clock().signal();
    this.emitter = DurableEmitter.of(context, stop, () -> closing);
    this.seen = context.metrics().counter("source_seen_total", "Notifications or lines received.");
  }

  @Override
  public void start() throws SourceException {
    Optional<byte[]> stored = context.intake().resumePosition();
    Optional<KernelPosition> resumed = stored.flatMap(KernelPosition::decode);
    DriverReader open;
    try {
      open = driver.get().open(resumed.map(KernelPosition::read));
    } catch (DriverException e) {
      throw new SourceException(String.valueOf(e.getMessage()), e);
    }
    reader = open;
    if (stored.isPresent() && resumed.isEmpty()) { // not before: once, not with each attempt
      LOG.warn("source {}: its stored position is of another version", context.id());
      context.intake().lostUncounted("position_unknown");
    }
    KernelProgress progress = new KernelProgress(resumed, open.opened());
    Thread made = new Thread(() -> run(open, progress), "source-" + context.id());
    made.setDaemon(true);
    made.start();
    thread = made;
  }

  /** Closes the driver when neither its thread nor who closes this source uses it any more. */
  private void leave(DriverReader open) {
    if (users.decrementAndGet() == 0) {
      open.close();
    }
  }

  private void run(DriverReader open, KernelProgress progress) {
    try {
      read(open, progress);
    } catch (InterruptedException | DriverException | RuntimeException | Error e) {
      if (!closing) {
        context.threadEnded(e);
      }
    } finally {
      leave(open);
    }
  }

  private void read(DriverReader open, KernelProgress progress)
      throws DriverException, InterruptedException {
    String reason = progress.isOfAnotherLoad() ? "driver_loaded" : "started";
    boolean compared = false;
    while (!closing) {
      if (!compared && progress.hasCaughtUp()) {
        context.intake().missed(reason); // not before: it would conclude what is on its way
        compared = true;
      }
      List<DriverRecord> records = open.read();
      if (records.isEmpty() || !take(records, progress)) {
        return;
      }
    }
  }

  /** False if the source is closed before all is durable. */
  private boolean take(List<DriverRecord> records, KernelProgress progress)
      throws InterruptedException {
    List<Observation> batch = new ArrayList<>(records.size());
    for (DriverRecord record : records) {
      if (progress.isRepeated(record)) {
        continue;
      }
      seen.add(1);
      long missing = progress.missingBefore(record);
      if (missing > 0) {
        if (!emit(batch)) {
          return false;
        }
        batch.clear();
        lose(missing);
      }
      batch.add(progress.take(record, context.clock().now()));
    }
    return emit(batch);
  }

  private boolean emit(List<Observation> batch) throws InterruptedException {
    return batch.isEmpty() || emitter.emit(List.copyOf(batch)).isComplete();
  }

  /**
   * Stated before the position that is behind it. If the process ends between the two, the loss is
   * stated twice, and never not at all.
   */
  private void lose(long missing) {
    LOG.warn("source {} lost {} events: the driver was not read in time", context.id(), missing);
    context.intake().lost(missing, OVERWRITTEN);
  }

  @Override
  public Health check() {
    return emitter.trouble().map(Health::degraded).orElse(Health.up());
  }

  @Override
  public void close() {
    closing = true;
    stop.raise();
    DriverReader open = reader;
    reader = null;
    if (open == null) {
      return;
    }
    Thread reading = thread;
    if (reading == null) {
      open.close(); // the start failed after it was opened
      return;
    }
    open.stop();
    try {
      reading.join(GRACE_MILLIS);
      if (reading.isAlive()) {
        reading.interrupt(); // it waits for the disk
        reading.join(GRACE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    leave(open);
  }
}
