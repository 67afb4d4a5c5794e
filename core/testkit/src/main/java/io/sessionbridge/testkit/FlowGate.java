package io.sessionbridge.testkit;

/** What happens to the bytes of one direction. */
final class FlowGate {

  /** The choices. */
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

  /** Waits while stalled; true if bytes are to be passed on, false if they are to be dropped. */
  synchronized boolean pass() throws InterruptedException {
    while (state == State.STALLED) {
      wait();
    }
    return state == State.OPEN;
  }
}
