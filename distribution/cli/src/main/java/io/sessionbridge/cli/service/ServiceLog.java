package io.sessionbridge.cli.service;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.sessionbridge.cli.CommandException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** The log of a service in rolling files, since it has no console. */
final class ServiceLog {

  private ServiceLog() {}

  static Path folder(Path dataDir) {
    return dataDir.resolve("log");
  }

  /** Replaces the console log. */
  static void open(Path dataDir) throws CommandException {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return; // the log is configured elsewhere
    }
    URL configuration =
        Objects.requireNonNull(
            ServiceLog.class.getResource("/logback-service.xml"), "logback-service.xml");
    context.reset();
    context.putProperty("sessionbridge.log.folder", folder(dataDir).toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(configuration);
    } catch (JoranException e) {
      throw new CommandException(
          "cannot open the log in " + folder(dataDir) + ": " + e.getMessage());
    }
  }
}
