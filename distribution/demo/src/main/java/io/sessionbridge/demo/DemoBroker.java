package io.sessionbridge.demo;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A Kafka broker as a program: {@code DemoBroker FOLDER PORT TOPIC [PARTITIONS]}. Port 0 stands for
 * one that is free.
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

  private DemoBroker() {}

  public static void main(String[] args) {
    Program.run("demo broker", () -> start(Arguments.of(args)));
  }

  private static String start(Arguments arguments) throws IOException {
    // What is written there means nothing; that it is open does.
    Lifeline.hold(System.in, order -> {});
    try {
      Broker broker = new Broker(arguments.folder(), arguments.port());
      broker.start();
      broker.provide(arguments.topic(), arguments.partitions());
      return Integer.toString(arguments.port());
    } catch (Exception e) {
      throw new IOException("cannot serve port " + arguments.port(), e);
    }
  }

  /** What the command line says. */
  record Arguments(Path folder, int port, String topic, int partitions) {

    static Arguments of(String... args) throws IOException {
      if (args.length < 3 || args.length > 4) {
        throw new IllegalArgumentException(
            "expected FOLDER PORT TOPIC [PARTITIONS], found " + args.length + " arguments");
      }
      return new Arguments(
          Path.of(args[0]),
          Numbers.port("PORT", args[1]),
          args[2],
          args.length == 4 ? Numbers.between(1, 3, "PARTITIONS", args[3]) : 1);
    }
  }
}
