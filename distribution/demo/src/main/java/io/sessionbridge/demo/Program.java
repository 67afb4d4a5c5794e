package io.sessionbridge.demo;

/**
 * What the demo's programs have in common: they print {@code ready PORT} on standard output once
 * they serve, everything else goes to standard error, and what is half started does not stay.
 */
final class Program {

  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  /** Starts a server. */
  interface Start {
    /**
     * Returns once it serves.
     *
     * @return the port, and what else its clients must know
     * @throws IllegalArgumentException for wrong arguments
     */
    String run() throws Exception;
  }

  private Program() {}

  static void run(String name, Start start) {
    chooseLogging();
    try {
      System.out.println("ready " + start.run());
      System.out.flush();
    } catch (IllegalArgumentException e) {
      System.err.println(name + ": " + e.getMessage());
      System.exit(WRONG_USE);
    } catch (Exception e) {
      fail(name, e);
    }
  }

  static void fail(String name, Exception e) {
    System.err.println(name + ": " + e.getMessage());
    e.printStackTrace();
    // The threads of a server would keep the process alive.
    Runtime.getRuntime().halt(FAILED);
  }

  /** To be called before the first logger exists. */
  private static void chooseLogging() {
    // A plain logback.xml could be taken for the agent's own.
    System.setProperty("logback.configurationFile", "demo-broker-logback.xml");
    // Kafka registers a bean for Log4j's levels and requires Log4j, even with another logger.
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
  }
}
