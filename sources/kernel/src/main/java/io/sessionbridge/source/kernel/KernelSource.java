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
 * Reads the driver's records on the thread {@code source-<id>} and emits them.
 *
 * <p>There is no hand-off: the driver keeps the last records, read or not, and the position of each
 * becomes durable with its event. After a restart, records that are not durable are read again, and
 * the sequence numbers show how many the driver has overwritten.
 */
final class KernelSource implements Source {

  /** Gap reason for records that the driver overwrote before they were read. */
  static final String OVERWRITTEN = "driver_full";

  private static final Logger LOG = LoggerFactory.getLogger(KernelSource.class);

  /** At a stop, the time for the current batch to become durable; otherwise it is read again. */
  private static final long GRACE_MILLIS = 1000;

  private final SourceContext context;
  private final Supplier<SessionDriver> driver;
  private final Clock.Signal stop;
  private final DurableEmitter emitter;
  private final Metrics.Counter seen;

  /** The source's thread and its owner. The last of the two to leave closes the driver. */
  private final AtomicInteger users = new AtomicInteger(2);

  private volatile boolean closing;
  private @Nullable Thread thread;
  private @Nullable DriverReader reader;

  /**
   * Does not open the driver.
   *
   * @param driver called at each start
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
    if (stored.isPresent() && resumed.isEmpty()) { // after open(): reported once, not per attempt
      LOG.warn("source {}: its stored position has an unknown format", context.id());
      context.intake().lostUncounted("position_unknown");
    }
    KernelProgress progress = new KernelProgress(resumed, open.opened());
    Thread made = new Thread(() -> run(open, progress), "source-" + context.id());
    made.setDaemon(true);
    made.start();
    thread = made;
  }

  /** Closes the driver once neither the thread nor the owner of this source uses it. */
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
    String reason = progress.wasReloaded() ? "driver_loaded" : "started";
    boolean compared = false;
    while (!closing) {
      if (!compared && progress.hasCaughtUp()) {
        context.intake().reconcile(reason); // not earlier: unread records may explain a difference
        compared = true;
      }
      List<DriverRecord> records = open.read();
      if (records.isEmpty() || !take(records, progress)) {
        return;
      }
    }
  }

  /** Returns false if the source is closed before every record is durable. */
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
        reportLost(missing);
      }
      batch.add(progress.take(record, context.clock().now()));
    }
    return emit(batch);
  }

  private boolean emit(List<Observation> batch) throws InterruptedException {
    return batch.isEmpty() || emitter.emit(List.copyOf(batch)).isComplete();
  }

  /**
   * Called before the next record's position becomes durable. If the process ends in between, the
   * loss is reported twice rather than not at all.
   */
  private void reportLost(long missing) {
    LOG.warn("source {} lost {} events: the driver was not read in time", context.id(), missing);
    context.intake().lost(missing, OVERWRITTEN);
  }

  @Override
  public Health check() {
    return emitter.problem().map(Health::degraded).orElse(Health.up());
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
      open.close(); // the start failed after the driver was opened
      return;
    }
    open.stop();
    try {
      reading.join(GRACE_MILLIS);
      if (reading.isAlive()) {
        reading.interrupt(); // it may be waiting for the disk
        reading.join(GRACE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    leave(open);
  }
}
