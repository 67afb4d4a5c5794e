package io.sessionbridge.sink.mqtt.paho;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Prevents Paho from writing to standard error. The health of the sink and the log of the delivery
 * loop contain the same information.
 */
final class PahoLog {

  /** A strong reference, because Java drops the level of an unreferenced logger. */
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

  private PahoLog() {}

  static void silence() {
    PAHO.setLevel(Level.OFF);
  }
}
