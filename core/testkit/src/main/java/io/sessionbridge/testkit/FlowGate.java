package io.sessionbridge.testkit;

/** Controls the bytes of one direction. */
final class FlowGate {

  /** The states. */
  enum State {
    OPEN,
    STALLED,
    BLACK_HOLE
  }

  private State state = State.OPEN;

  synchronized void set(State next) {
    state = next;
    notifyAll();
  }

  /** Waits while stalled; true if bytes must be forwarded, false if they must be dropped. */
  synchronized boolean pass() throws InterruptedException {
    while (state == State.STALLED) {
      wait();
    }
    return state == State.OPEN;
  }
}
