package io.sessionbridge.cli.receivers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT broker that is unreachable at times, and a subscriber that stays connected through
 * another port. The broker is not killed, since it would lose what it acknowledged.
 */
public final class MqttReceiver implements Receiver {

  private final ServerProcess broker;
  private @Nullable MqttSubscriber subscriber;

  /**
   * @param libraries the folder of the broker's jars
   * @param folder for what it keeps, which exists
   */
  public MqttReceiver(Path libraries, Path folder) {
    broker =
        new ServerProcess(
            libraries,
            folder.resolve("mqtt.log"),
            64,
            "io.sessionbridge.demo.DemoMqttBroker",
            folder);
  }

  @Override
  public String id() {
    return "mqtt";
  }

  @Override
  public String title() {
    return "the MQTT broker";
  }

  @Override
  public String away() {
    return "is cut off from the network";
  }

  @Override
  public String back() {
    return "is on the network again";
  }

  @Override
  public String address() {
    return broker.address();
  }

  @Override
  public List<String> sinkKeys() {
    return List.of("type: mqtt", "server: \"tcp://" + address() + "\"", "format: json");
  }

  @Override
  public void launch() throws IOException {
    broker.launch();
  }

  @Override
  public void awaitReady() throws IOException {
    broker.awaitReady();
    subscriber = MqttSubscriber.connect(broker.ports().get(1));
  }

  @Override
  public void takeAway() throws IOException {
    broker.order("away");
  }

  @Override
  public void giveBack() throws IOException {
    broker.order("back");
  }

  @Override
  public List<Arrival> arrivals() throws IOException, InterruptedException {
    if (subscriber == null) {
      throw new IOException("the subscriber is not connected");
    }
    List<Arrival> arrivals = new ArrayList<>();
    for (byte[] message : subscriber.received()) {
      Map<String, String> content = FlatJson.read(message);
      arrivals.add(new Arrival(content.getOrDefault("id", ""), content));
    }
    return arrivals;
  }

  /** The agent's last availability, {@code online} or {@code offline}; empty before the first. */
  public String availability() {
    return subscriber == null ? "" : subscriber.availability();
  }

  @Override
  public void close() {
    if (subscriber != null) {
      subscriber.close();
      subscriber = null;
    }
    broker.close();
  }
}
