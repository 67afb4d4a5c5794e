package io.sessionbridge.testkit.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Counts what changes the disk, and lets the machine stop or the disk fail at some of it. */
final class Faults {

  /** What an operation does if it gets so far. */
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

  /** The machine runs, and nothing fails until a test requests it. */
  void clear() {
    crashed = false;
    crashAt = Long.MAX_VALUE;
    failFrom = Long.MAX_VALUE;
  }

  /** Whether the change that comes next fails. */
  boolean isFailing() {
    return !crashed && isAmongFailures(operations);
  }

  private boolean isAmongFailures(long operation) {
    return operation >= failFrom && operation - failFrom < failCount;
  }

  /** What changes nothing works until the machine stops. */
  void alive(String operation) {
    if (crashed) {
      throw new SimulatedCrash(operation);
    }
  }

  /** Every change may or may not have begun when the machine stopped, so half of them are done. */
  void change(String operation, Change change) throws IOException {
    boolean last = count(operation);
    if (!last || operations % 2 == 0) {
      change.apply();
    }
    if (last) {
      throw new SimulatedCrash(operation);
    }
  }

  /** Counts a change; true if it is the one at which the machine stops. */
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
