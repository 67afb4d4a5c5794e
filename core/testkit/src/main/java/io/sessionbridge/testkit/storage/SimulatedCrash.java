package io.sessionbridge.testkit.storage;

/**
 * Thrown when the simulated machine stops. An error, so that no code under test handles it by
 * mistake.
 */
public final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedCrash(String operation) {
    super("crashed at " + operation, null, false, false);
  }
}
