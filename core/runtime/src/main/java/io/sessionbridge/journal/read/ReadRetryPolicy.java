package io.sessionbridge.journal.read;

import io.sessionbridge.journal.file.UnreadableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes temporary read errors from damage: damage fails at the same place at least {@value
 * #TRIES} times over at least 10 s. The caller waits between the tries. One thread.
 */
public final class ReadRetryPolicy {

  private static final int TRIES = 4;
  private static final long MIN_DURATION = Duration.ofSeconds(10).toNanos();

  private @Nullable UnreadableException place;
  private long since;
  private int tries;

  /** Records a failure; returns true if the place counts as damaged. */
  public boolean isPermanent(UnreadableException failure, long nanoTime) {
    if (place == null || !place.isSamePlace(failure)) {
      place = failure;
      since = nanoTime;
      tries = 0;
    }
    tries++;
    if (tries < TRIES || nanoTime - since < MIN_DURATION) {
      return false;
    }
    place = null;
    return true;
  }

  /** Records a successful read. */
  public void reset() {
    place = null;
  }
}
