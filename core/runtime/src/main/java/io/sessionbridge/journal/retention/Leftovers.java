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
 * Files that nobody needs any more and that the system does not delete, mostly because another
 * program has them open. They are outside of the books: they do not count against max_bytes and
 * nobody reads them. Deletion is tried again with a growing wait. By the journal's thread, but for
 * what says that any thread may ask.
 */
public final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

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

  /** Takes a file whose deletion failed. */
  public void add(Path file, long bytes, IOException cause) {
    String reason = reason(cause);
    LOG.warn(
        "journal: {} cannot be deleted: {}. It does not count against max_bytes, and its deletion"
            + " is tried again",
        file,
        reason);
    files.add(new Leftover(file, bytes, reason, FIRST_WAIT, clock.nanoTime()));
  }

  /**
   * Takes a file that an earlier run could not delete; it is tried with the next {@link #retry}.
   */
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
      LOG.info("journal: {} is deleted now", leftover.file);
    } catch (IOException e) {
      files.set(
          files.indexOf(leftover),
          new Leftover(leftover.file, leftover.bytes, reason(e), longer(leftover.wait), now));
    }
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
    return twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
  }

  /** How long until a deletion is due; null if there is nothing to delete. */
  public @Nullable Duration untilDue() {
    long now = clock.nanoTime();
    return files.stream()
        .map(leftover -> Duration.ofNanos(Math.max(0, leftover.dueAt - now)))
        .min(Duration::compareTo)
        .orElse(null);
  }

  /** Their sizes together. Any thread. */
  public long bytes() {
    return files.stream().mapToLong(leftover -> leftover.bytes).sum();
  }

  /** Each with its reason. Any thread. */
  public List<String> describe() {
    List<String> all = new ArrayList<>();
    files.forEach(leftover -> all.add(leftover.file + ": " + leftover.reason));
    return all;
  }
}
