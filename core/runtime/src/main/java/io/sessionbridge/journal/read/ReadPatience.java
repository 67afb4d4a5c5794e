package io.sessionbridge.journal.read;

import io.sessionbridge.journal.file.UnreadableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells a read error that passes from damage: damage is what fails at the same place again and
 * again, {@value #TRIES} times and over 10 s at least. Whoever reads waits between its tries. One
 * thread.
 */
public final class ReadPatience {

  private static final int TRIES = 4;
  private static final long AT_LEAST = Duration.ofSeconds(10).toNanos();

  private @Nullable UnreadableException place;
  private long since;
  private int tries;

  /** Takes a failure; true if what cannot be read is to be given up. */
  public boolean isOver(UnreadableException failure, long nanoTime) {
    if (place == null || !place.isSamePlace(failure)) {
      place = failure;
      since = nanoTime;
      tries = 0;
    }
    tries++;
    if (tries < TRIES || nanoTime - since < AT_LEAST) {
      return false;
    }
    place = null;
    return true;
  }

  /** A read got through. */
  public void worked() {
    place = null;
  }
}
