package io.sessionbridge.windows.power;

import java.util.OptionalInt;

/** Registers for power notifications. An interface so that its users are testable. */
public interface PowerSystem {

  /** Registers for a topic; Windows also sends its current value. Returns the error if refused. */
  OptionalInt register(PowerTopic topic);

  /** Ends all registrations. */
  void unregisterAll();
}
