package io.sessionbridge.delivery;

import io.sessionbridge.spi.SinkMemory;

/** Shares of an unlimited budget, for tests of other things. */
final class TestingShare {

  private TestingShare() {}

  static BatchBudget.Share unlimited() {
    return BatchBudget.unlimited().share(0, EventCost.of(SinkMemory.USUAL));
  }
}
