package io.sessionbridge.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The sequences that an append was given, and its fate. */
public final class Appended {
  private final long first;
  private final long last;
  private volatile @Nullable IOException failure;

  public Appended(long first, long last) {
    this.first = first;
    this.last = last;
  }

  public long first() {
    return first;
  }

  public long last() {
    return last;
  }

  /** Whether it is known that it was not written. */
  public boolean hasFailed() {
    return failure != null;
  }

  public void fail(IOException cause) {
    failure = cause;
  }

  /**
   * Passes for all but those that {@link #fail} was called for.
   *
   * @throws JournalException with the cause
   */
  public void requireTaken() throws JournalException {
    IOException cause = failure;
    if (cause != null) {
      throw new JournalException(String.valueOf(cause.getMessage()), cause);
    }
  }
}
