package io.sessionbridge.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Sets the log level once the configuration is known. */
public final class LogLevel {

  private LogLevel() {}

  public static void set(String level) {
    if (System.getProperty("sessionbridge.log.level") != null) {
      return; // the command line wins
    }
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger("io.sessionbridge").setLevel(Level.toLevel(level));
    }
  }
}
