package io.sessionbridge.sink.mqtt.paho;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps Paho from writing to standard error. What it has to say, the sink says in its health and
 * the loop in the log.
 */
final class PahoLog {

  /** Held, because Java forgets the level of a logger that nobody holds. */
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

  private PahoLog() {}

  static void silence() {
    PAHO.setLevel(Level.OFF);
  }
}
