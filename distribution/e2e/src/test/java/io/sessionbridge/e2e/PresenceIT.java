package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.cli.receivers.Arrival;
import io.sessionbridge.cli.receivers.MqttReceiver;
import io.sessionbridge.e2e.Bundle.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an MQTT broker shows of an agent that has nothing to tell. */
class PresenceIT {

  @TempDir Path folder;

  @Test
  void comesBackWithTheBrokerThoughNothingHappens() throws Exception {
    Bundle bundle = new Bundle(folder);
    Files.createFile(folder.resolve("in.jsonl"));
    try (MqttReceiver broker = new MqttReceiver(Bundle.HOME.resolve("lib/demo"), folder)) {
      broker.launch();
      broker.awaitReady();
      bundle.write("c.yaml", config(broker).toArray(String[]::new));
      try (Running agent = bundle.start("run", "--config", "c.yaml")) {
        awaitWord(broker, "online");
        Await.until(() -> !broker.arrivals().isEmpty());
        List<Arrival> before = broker.arrivals();

        broker.takeAway();
        awaitWord(broker, "offline");
        broker.giveBack();
        awaitWord(broker, "online");

        // The agent's start is the only event, before and after.
        assertThat(before).allMatch(Arrival::isOfTheAgent).hasSize(1);
        assertThat(broker.arrivals()).hasSameSizeAs(before);
        assertThat(agent.stop().err()).contains("sessionbridge stopped");
        awaitWord(broker, "offline");
      }
    }
  }

  private static void awaitWord(MqttReceiver broker, String word) throws Exception {
    Await.until(() -> broker.availability().equals(word));
  }

  private static List<String> config(MqttReceiver broker) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "data_dir: data",
                "sources:",
                "  in: {type: replay, path: in.jsonl, follow: true}",
                "sinks:",
                "  mqtt:"));
    broker.sinkKeys().forEach(key -> lines.add("    " + key));
    return lines;
  }
}
