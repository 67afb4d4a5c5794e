package io.sessionbridge.fleet;

import java.util.Arrays;
import picocli.CommandLine;

/** The program {@code sessionbridge-fleet}, and its children: a broker and workers. */
public final class Main {

  static final String WORKER = "worker";
  static final String BROKER = "broker";

  private Main() {}

  public static void main(String[] args) {
    // Kafka registers a bean that asks for Log4j whoever else logs.
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
    int code =
        new CommandLine(command(args))
            .setExecutionExceptionHandler((e, line, parsed) -> explain(e, line))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(isChild(args) ? Arrays.copyOfRange(args, 1, args.length) : args);
    System.out.flush();
    // A producer that is not closed, or a broker, would keep the process alive.
    Runtime.getRuntime().halt(code);
  }

  /** A child is no subcommand: those would need a scenario before their own. */
  private static boolean isChild(String[] args) {
    return args.length > 0 && (args[0].equals(WORKER) || args[0].equals(BROKER));
  }

  private static Object command(String[] args) {
    if (!isChild(args)) {
      return new FleetCommand();
    }
    return args[0].equals(WORKER) ? new WorkerCommand() : new BrokerCommand();
  }

  private static int explain(Exception e, CommandLine line) throws Exception {
    if (e instanceof FleetException) {
      line.getErr().println("sessionbridge-fleet: " + e.getMessage());
      return 1;
    }
    throw e;
  }
}
