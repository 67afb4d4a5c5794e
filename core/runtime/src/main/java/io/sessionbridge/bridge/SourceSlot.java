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
 * One source of the configuration: makes it, starts it, and closes it. A source whose start fails
 * is closed, and the next attempt makes another one, so that no source must be able to start twice.
 *
 * <p>{@link #start} and {@link #close} may be called by two threads at the same time; whoever comes
 * later closes what the other one started. The rest: any thread.
 */
final class SourceSlot implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SourceSlot.class);

  /** How long a close waits for a start that is under way, before it leaves the close to that. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Makes the source of a slot. */
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
   * @param maker makes a source that was not started; what it throws is a failed start
   */
  SourceSlot(String id, Maker maker) {
    this.id = id;
    this.maker = maker;
  }

  String id() {
    return id;
  }

  /**
   * Makes the source and starts it.
   *
   * @return true if it runs, or if it is closed and needs no further attempt
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
   * A thread of the source that runs was stopped by an unexpected error. Any thread; never blocks.
   *
   * @return false if that is known already, or of no interest any more
   */
  boolean broke(Throwable cause) {
    boolean known = defect != null || closed;
    if (!known) {
      defect = Supervisor.STOPPED + ", and it is created again: " + cause.getClass().getName();
      LOG.error("source {}: {}", id, Supervisor.STOPPED, cause);
    }
    return !known;
  }

  private boolean attempt() {
    defect = null; // of the source before; from here on a thread of the new one may break
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
      LOG.error("source {} cannot start and is tried again: {}", id, reason);
    } else {
      LOG.error("source {} cannot start and is tried again", id, cause);
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

  /** Why the last attempt to start failed; empty before the first and after one that worked. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** How the source is. Never blocks. */
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
        reason == null ? "not started yet" : "cannot start and is tried again: " + reason);
  }

  /** The end of a source that runs and comes to one by itself. */
  Optional<CompletionStage<Void>> finished() {
    Source source = running;
    return source == null ? Optional.empty() : source.finished();
  }

  /** Closes the source, and prevents further starts. */
  @Override
  public void close() {
    closed = true;
    if (!locked()) {
      LOG.warn("source {} is still starting and is closed afterwards", id);
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
      return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lock.tryLock();
    }
  }
}
