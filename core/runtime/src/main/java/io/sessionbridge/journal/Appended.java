package io.sessionbridge.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The sequences of an append, and its outcome. */
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

  /** Whether the append is known to have failed. */
  public boolean hasFailed() {
    return failure != null;
  }

  public void fail(IOException cause) {
    failure = cause;
  }

  /**
   * Returns unless {@link #fail} was called.
   *
   * @throws JournalException with the cause
   */
  public void requireNotFailed() throws JournalException {
    IOException cause = failure;
    if (cause != null) {
      throw new JournalException(String.valueOf(cause.getMessage()), cause);
    }
  }
}
