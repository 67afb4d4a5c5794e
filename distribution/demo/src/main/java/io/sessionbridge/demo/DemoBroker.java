package io.sessionbridge.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A Kafka broker as a program: {@code DemoBroker FOLDER PORT TOPIC [PARTITIONS]}.
 *
 * <p>Keeps its logs in the folder, which the first start formats and every later one continues
 * with. Listens on the loopback address only. Prints one line, {@code ready PORT}, on standard
 * output once the topic can be written and read; everything else goes to standard error.
 *
 * <p>There is one way to end it, at once and without a farewell: by a signal, or by closing its
 * standard input, which also happens when the parent is killed. A broker has to stand that anyway,
 * and so nothing can keep it running after the demo.
 */
public final class DemoBroker {

  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  private DemoBroker() {}

  public static void main(String[] args) {
    chooseLogging();
    Arguments arguments;
    try {
      arguments = Arguments.of(args);
    } catch (IllegalArgumentException e) {
      System.err.println("demo broker: " + e.getMessage());
      System.exit(WRONG_USE);
      return;
    }
    endWithInput(System.in);
    try {
      Broker broker = new Broker(arguments.folder(), arguments.port());
      broker.start();
      broker.provide(arguments.topic(), arguments.partitions());
    } catch (Exception e) {
      System.err.println("demo broker: cannot serve port " + arguments.port());
      e.printStackTrace();
      // The broker's threads would keep a half-started process alive.
      Runtime.getRuntime().halt(FAILED);
    }
    System.out.println("ready " + arguments.port());
    System.out.flush();
  }

  /** To be called before the first logger exists. */
  private static void chooseLogging() {
    // A plain logback.xml could be taken for the agent's own.
    System.setProperty("logback.configurationFile", "demo-broker-logback.xml");
    // Kafka registers a bean that changes Log4j's levels and asks for Log4j whoever else logs.
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
  }

  private static void endWithInput(InputStream input) {
    Thread watch =
        new Thread(
            () -> {
              drain(input);
              Runtime.getRuntime().halt(0);
            },
            "end-with-input");
    watch.setDaemon(true);
    watch.start();
  }

  private static void drain(InputStream input) {
    try {
      while (input.read() >= 0) {
        // What is written there means nothing; that it is open does.
      }
    } catch (IOException e) {
      // A broken pipe is as good as a closed one.
    }
  }

  /** What the command line says. */
  record Arguments(Path folder, int port, String topic, int partitions) {

    static Arguments of(String... args) {
      if (args.length < 3 || args.length > 4) {
        throw new IllegalArgumentException(
            "expected FOLDER PORT TOPIC [PARTITIONS], found " + args.length + " arguments");
      }
      return new Arguments(
          Path.of(args[0]),
          number("PORT", args[1], 1, 65_535),
          args[2],
          args.length == 4 ? number("PARTITIONS", args[3], 1, 3) : 1);
    }

    private static int number(String name, String text, int min, int max) {
      try {
        int value = Integer.parseInt(text);
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        // told below, with what would be right
      }
      throw new IllegalArgumentException(
          name + " must be between " + min + " and " + max + ", was " + text);
    }
  }
}
