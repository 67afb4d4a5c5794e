package io.sessionbridge.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The sequences that an append was given, and its fate. */
public final class Appended {
  private final long first;
  private final long last;
  private @Nullable IOException failure; // guarded by the queue's lock

  Appended(long first, long last) {
    this.first = first;
    this.last = last;
  }

  public long first() {
    return first;
  }

  public long last() {
    return last;
  }

  void fail(IOException cause) {
    failure = cause;
  }

  @Nullable IOException failure() {
    return failure;
  }
}
