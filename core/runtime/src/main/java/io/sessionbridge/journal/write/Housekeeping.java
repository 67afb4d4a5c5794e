package io.sessionbridge.journal.write;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.journal.cursors.CursorStore;
import io.sessionbridge.journal.file.Segments;
import io.sessionbridge.journal.retention.Retention;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Housekeeping next to writing: makes cursors durable and deletes old segments. For the journal's
 * thread.
 */
public final class Housekeeping {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration CURSOR_FORCE_INTERVAL = Duration.ofSeconds(1);

  private final Clock clock;
  private final WriteQueue queue;
  private final Segments segments;
  private final CursorStore cursors;
  private final Retention retention;
  private boolean cursorsDirty;
  private long cursorsForcedAt;

  public Housekeeping(
      Clock clock, WriteQueue queue, Segments segments, CursorStore cursors, Retention retention) {
    this.clock = clock;
    this.queue = queue;
    this.segments = segments;
    this.cursors = cursors;
    this.retention = retention;
    this.cursorsForcedAt = clock.nanoTime() - CURSOR_FORCE_INTERVAL.toNanos();
  }

  /** Does what is due now. */
  void run() {
    try {
      cursors.write();
      cursorsDirty = cursors.isDirty();
      boolean moved = cursorsDirty;
      if (cursorsDirty && clock.nanoTime() - cursorsForcedAt >= CURSOR_FORCE_INTERVAL.toNanos()) {
        cursors.force();
        cursorsForcedAt = clock.nanoTime();
        cursorsDirty = cursors.isDirty();
      }
      int before = segments.count();
      retention.deletePassed();
      retention.evictAged();
      retention.leftovers().retry();
      if (moved || segments.count() < before) {
        queue.roomChanged();
      }
    } catch (IOException e) {
      LOG.warn("journal: old segments cannot be deleted: {}", e.getMessage());
    }
  }

  /** The time until housekeeping is due without an append; null if none is. */
  @Nullable Duration untilDue() {
    Duration deletion = retention.leftovers().untilDue();
    if (!cursorsDirty) {
      return deletion;
    }
    long left = CURSOR_FORCE_INTERVAL.toNanos() - (clock.nanoTime() - cursorsForcedAt);
    Duration cursorsDue = Duration.ofNanos(Math.max(0, left));
    return deletion != null && deletion.compareTo(cursorsDue) < 0 ? deletion : cursorsDue;
  }

  /** Makes all cursors durable at the end. */
  void finish() {
    try {
      cursors.write();
      cursors.force();
      retention.deletePassed();
    } catch (IOException e) {
      LOG.warn(
          "journal: segments that every sink has passed could not be deleted when the agent"
              + " stopped; the next start deletes them: {}",
          e.getMessage());
    }
  }
}
