package io.sessionbridge.testkit.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Counts the operations that change the disk, and makes the machine stop or the disk fail at some
 * of them.
 */
final class Faults {

  /** The effect of an operation, unless it fails before. */
  interface Change {
    void apply() throws IOException;
  }

  private long operations;
  private long crashAt = Long.MAX_VALUE;
  private long failFrom = Long.MAX_VALUE;
  private long failCount;
  private String failMessage = "";
  private boolean crashed;
  private Duration each = Duration.ZERO;
  private Consumer<Duration> passes = time -> {};

  long operations() {
    return operations;
  }

  void crashAt(long n) {
    crashAt = operations + n;
  }

  void failAt(long n, long count, String message) {
    failFrom = operations + n;
    failCount = count;
    failMessage = message;
  }

  void slow(Duration time, Consumer<Duration> clock) {
    each = time;
    passes = clock;
  }

  /** Restarts the machine and clears all faults. */
  void clear() {
    crashed = false;
    crashAt = Long.MAX_VALUE;
    failFrom = Long.MAX_VALUE;
  }

  /** Whether the next change fails. */
  boolean isFailing() {
    return !crashed && isAmongFailures(operations);
  }

  private boolean isAmongFailures(long operation) {
    return operation >= failFrom && operation - failFrom < failCount;
  }

  /** Checks that the machine runs, for an operation that changes nothing. */
  void alive(String operation) {
    if (crashed) {
      throw new SimulatedCrash(operation);
    }
  }

  /** The last change before a stop may or may not take effect: it does in half of the cases. */
  void change(String operation, Change change) throws IOException {
    boolean last = count(operation);
    if (!last || operations % 2 == 0) {
      change.apply();
    }
    if (last) {
      throw new SimulatedCrash(operation);
    }
  }

  /** Counts a change; true if the machine stops at it. */
  private boolean count(String operation) throws IOException {
    alive(operation);
    long number = operations++;
    if (!each.isZero()) {
      passes.accept(each);
    }
    if (isAmongFailures(number)) {
      throw new IOException(operation + ": " + failMessage);
    }
    crashed = number == crashAt;
    return crashed;
  }
}
