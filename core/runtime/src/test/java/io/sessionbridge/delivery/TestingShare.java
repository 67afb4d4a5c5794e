package io.sessionbridge.delivery;

import io.sessionbridge.spi.SinkMemory;

/** Shares of a budget for tests that are about something else. */
final class TestingShare {

  private TestingShare() {}

  static BatchBudget.Share unlimited() {
    return BatchBudget.unlimited().share(0, EventCost.of(SinkMemory.USUAL));
  }
}
