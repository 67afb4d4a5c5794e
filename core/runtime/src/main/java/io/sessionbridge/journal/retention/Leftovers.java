package io.sessionbridge.journal.retention;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Obsolete files that cannot be deleted, usually because another program has them open. They are
 * not part of the journal: they do not count against max_bytes and are not read. Deletion is
 * retried with a growing delay. For the journal's thread, except methods marked as thread-safe.
 */
public final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_WAIT = Duration.ofMinutes(5);

  private static final class Leftover {
    private final Path file;
    private final long bytes;
    private final String reason;
    private final Duration wait;
    private final long dueAt;

    Leftover(Path file, long bytes, String reason, Duration wait, long now) {
      this.file = file;
      this.bytes = bytes;
      this.reason = reason;
      this.wait = wait;
      this.dueAt = now + wait.toNanos();
    }
  }

  private final Storage storage;
  private final Clock clock;
  private final List<Leftover> files = new CopyOnWriteArrayList<>();

  Leftovers(Storage storage, Clock clock) {
    this.storage = storage;
    this.clock = clock;
  }

  /** Adds a file whose deletion failed. */
  public void add(Path file, long bytes, IOException cause) {
    String reason = reason(cause);
    LOG.warn(
        "journal: {} cannot be deleted: {}. It does not count against max_bytes, and its deletion"
            + " is retried",
        file,
        reason);
    files.add(new Leftover(file, bytes, reason, FIRST_WAIT, clock.nanoTime()));
  }

  /** Adds a file that an earlier run could not delete; the next {@link #retry} tries it. */
  void found(Path file, long bytes) {
    files.add(new Leftover(file, bytes, "left by an earlier run", Duration.ZERO, clock.nanoTime()));
  }

  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (cause instanceof FileSystemException detailed && detailed.getReason() != null) {
      return detailed.getReason();
    }
    return String.valueOf(cause.getMessage());
  }

  /** Deletes what is due and can be deleted now. */
  public void retry() {
    long now = clock.nanoTime();
    for (Leftover leftover : files) {
      if (now - leftover.dueAt >= 0) {
        retry(leftover, now);
      }
    }
  }

  private void retry(Leftover leftover, long now) {
    try {
      storage.delete(leftover.file);
      files.remove(leftover);
      LOG.info("journal: deleted {}, which could not be deleted before", leftover.file);
    } catch (IOException e) {
      files.set(
          files.indexOf(leftover),
          new Leftover(leftover.file, leftover.bytes, reason(e), longer(leftover.wait), now));
    }
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
    return twice.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : twice;
  }

  /** The time until a deletion is due; null if there is nothing to delete. */
  public @Nullable Duration untilDue() {
    long now = clock.nanoTime();
    return files.stream()
        .map(leftover -> Duration.ofNanos(Math.max(0, leftover.dueAt - now)))
        .min(Duration::compareTo)
        .orElse(null);
  }

  /** The total size of the files. Thread-safe. */
  public long bytes() {
    return files.stream().mapToLong(leftover -> leftover.bytes).sum();
  }

  /** Each file with its reason. Thread-safe. */
  public List<String> describe() {
    List<String> all = new ArrayList<>();
    files.forEach(leftover -> all.add(leftover.file + ": " + leftover.reason));
    return all;
  }
}
