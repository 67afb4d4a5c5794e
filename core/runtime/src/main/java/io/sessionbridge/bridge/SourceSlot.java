package io.sessionbridge.bridge;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.supervision.Supervisor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, starts and closes one configured source. If its start fails, the source is closed and
 * the next attempt creates a new one, so no source needs to support a second start.
 *
 * <p>{@link #start} and {@link #close} may be called by two threads at the same time; the later one
 * closes what the other one started. All other methods are thread-safe.
 */
final class SourceSlot implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SourceSlot.class);

  /** How long {@code close} waits for a running start before it leaves the close to that start. */
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  /** Creates the source of a slot. */
  @FunctionalInterface
  interface Maker {
    Source make(SourceSlot slot) throws Exception;
  }

  private final String id;
  private final Maker maker;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean closed;
  private volatile @Nullable Source running;
  private volatile @Nullable String failure;
  private volatile @Nullable String defect;

  /**
   * @param maker creates a source without starting it; an exception counts as a failed start
   */
  SourceSlot(String id, Maker maker) {
    this.id = id;
    this.maker = maker;
  }

  String id() {
    return id;
  }

  /**
   * Creates and starts the source.
   *
   * @return true if it runs, or if this slot is closed and needs no further attempt
   */
  boolean start() {
    lock.lock();
    try {
      if (closed || running != null && defect == null) {
        return true;
      }
      closeBroken();
      return attempt();
    } finally {
      lock.unlock();
    }
  }

  private void closeBroken() {
    Source broken = running;
    if (broken != null) {
      closeQuietly(broken);
      running = null;
    }
  }

  /**
   * An unexpected error stopped a thread of the running source. Thread-safe; never blocks.
   *
   * @return false if a defect is already known or the slot is closed
   */
  boolean broke(Throwable cause) {
    boolean known = defect != null || closed;
    if (!known) {
      defect =
          Supervisor.STOPPED + "; the source is being recreated: " + cause.getClass().getName();
      LOG.error("source {}: {}", id, Supervisor.STOPPED, cause);
    }
    return !known;
  }

  private boolean attempt() {
    defect = null; // from the previous source; from here on, a thread of the new one may break
    Source made = null;
    try {
      made = maker.make(this);
      made.start();
    } catch (Exception | LinkageError e) {
      if (made != null) {
        closeQuietly(made);
      }
      failed(e);
      return closed;
    }
    if (closed) {
      closeQuietly(made);
      return true;
    }
    if (failure != null) {
      LOG.info("source {} has started", id);
    }
    running = made;
    failure = null;
    return true;
  }

  private void failed(Throwable cause) {
    String reason =
        cause instanceof SourceException ? String.valueOf(cause.getMessage()) : cause.toString();
    if (reason.equals(failure)) {
      LOG.debug("source {} cannot start: {}", id, reason);
    } else if (cause instanceof SourceException) {
      LOG.error("source {} cannot start; retrying: {}", id, reason);
    } else {
      LOG.error("source {} cannot start; retrying", id, cause);
    }
    failure = reason;
    defect = null; // older than this attempt, and its source is closed
  }

  private void closeQuietly(Source source) {
    try {
      source.close();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("source {} could not be closed", id, e);
    }
  }

  /** Why the last attempt to start failed; empty before the first and after a successful one. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** The source's health. Never blocks. */
  Health check() {
    String broken = defect;
    if (broken != null) {
      return Health.down(broken);
    }
    Source source = running;
    if (source != null) {
      return source.check();
    }
    String reason = failure;
    return Health.degraded(
        reason == null ? "not started yet" : "cannot start; retrying: " + reason);
  }

  /** Completes when the running source finishes by itself; empty if it never does. */
  Optional<CompletionStage<Void>> finished() {
    Source source = running;
    return source == null ? Optional.empty() : source.finished();
  }

  /** Closes the source, and prevents further starts. */
  @Override
  public void close() {
    closed = true;
    if (!locked()) {
      LOG.warn("source {} has not finished starting; it closes when it has", id);
      return;
    }
    try {
      Source source = running;
      if (source != null) {
        source.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean locked() {
    try {
      return lock.tryLock(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lock.tryLock();
    }
  }
}
