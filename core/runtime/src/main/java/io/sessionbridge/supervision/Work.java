package io.sessionbridge.supervision;

/** What a thread does from its start to its end. */
@FunctionalInterface
public interface Work {

  /** Returns when its owner has asked for that; what it throws is a defect. */
  void run() throws InterruptedException;
}
