package io.sessionbridge.supervision;

/** The work of a supervised thread. */
@FunctionalInterface
public interface Work {

  /** Returns when its owner asks it to stop. Any exception is a defect. */
  void run() throws InterruptedException;
}
