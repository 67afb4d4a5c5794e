package io.sessionbridge.demo;

import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * An MQTT broker, Moquette, as a program: {@code DemoMqttBroker FOLDER PORT}.
 *
 * <p>Prints {@code ready PORT SUBSCRIBER_PORT} once both ports serve: one for publishers, one for
 * subscribers. At the order {@code away} on standard input the broker cannot be reached by its
 * publishers any more, at {@code back} it can; it answers with the same word. A kill would be
 * another test: this broker keeps its sessions in memory, so that it would lose what it
 * acknowledged, and the fault would not be the publisher's.
 *
 * <p>Ends as {@link DemoBroker} does.
 */
public final class DemoMqttBroker {

  private DemoMqttBroker() {}

  public static void main(String[] args) {
    Program.run("demo MQTT broker", () -> start(args));
  }

  private static String start(String... args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException(
          "expected FOLDER PORT, found " + args.length + " arguments");
    }
    int port = Numbers.port("PORT", args[1]);
    int inside = FreePort.find();
    TcpGate gate = new TcpGate(port, inside);
    Lifeline.hold(System.in, order -> obey(gate, order));
    new Server().startServer(new MemoryConfig(settings(Path.of(args[0]), inside)));
    gate.open();
    return port + " " + inside;
  }

  private static Properties settings(Path folder, int port) {
    Properties settings = new Properties();
    settings.setProperty("host", BrokerSettings.HOST);
    settings.setProperty("port", Integer.toString(port));
    settings.setProperty("allow_anonymous", "true");
    settings.setProperty("telemetry_enabled", "false");
    settings.setProperty("persistence_enabled", "false");
    settings.setProperty("data_path", folder.toString());
    // As much as the sink sends; 8092 by default.
    settings.setProperty("netty.mqtt.message_size", "131072");
    return settings;
  }

  private static void obey(TcpGate gate, String order) {
    try {
      switch (order) {
        case "away" -> gate.close();
        case "back" -> gate.open();
        default -> throw new IllegalArgumentException("orders are away and back, was " + order);
      }
      System.out.println(order);
    } catch (IOException | InterruptedException | IllegalArgumentException e) {
      Program.fail("demo MQTT broker", e);
    }
  }
}
