package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.cli.receivers.Arrival;
import io.sessionbridge.cli.receivers.KafkaReceiver;
import io.sessionbridge.cli.receivers.MqttReceiver;
import io.sessionbridge.cli.receivers.Receiver;
import io.sessionbridge.cli.receivers.SyslogReceiver;
import io.sessionbridge.e2e.Bundle.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One agent that sends to Kafka, MQTT, syslog and a file at once. */
class ReceiversIT {

  private static final Path LIBRARIES = Bundle.HOME.resolve("lib/demo");
  private static final int BEFORE = 300;
  private static final int ALL = 1000;

  @TempDir Path folder;
  private Path in;
  private Path out;
  private Bundle bundle;
  private List<Receiver> receivers;

  @BeforeEach
  void startReceivers() throws Exception {
    bundle = new Bundle(folder);
    in = folder.resolve("in.jsonl");
    out = folder.resolve("out.jsonl");
    receivers =
        List.of(
            new KafkaReceiver(LIBRARIES, folder),
            new MqttReceiver(LIBRARIES, folder),
            new SyslogReceiver(LIBRARIES, folder));
    for (Receiver receiver : receivers) {
      receiver.launch();
    }
    for (Receiver receiver : receivers) {
      receiver.awaitReady();
    }
    List<String> config =
        new ArrayList<>(
            List.of(
                "data_dir: data",
                "sources:",
                "  in: {type: replay, path: in.jsonl, follow: true}",
                "sinks:",
                "  out: {type: file, path: out.jsonl}"));
    for (Receiver receiver : receivers) {
      config.add("  " + receiver.id() + ":");
      receiver.sinkKeys().forEach(key -> config.add("    " + key));
    }
    bundle.write("c.yaml", config.toArray(String[]::new));
  }

  @AfterEach
  void endReceivers() {
    receivers.forEach(Receiver::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "mqtt", "syslog"})
  void oneThatIsAwayDelaysNoOtherAndMissesNothing(String id) throws Exception {
    Receiver away = receivers.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    List<Receiver> others = receivers.stream().filter(one -> one != away).toList();

    Lines.write(in, 1, BEFORE);
    try (Running agent = bundle.start("run", "--config", "c.yaml")) {
      awaitEvents(receivers, BEFORE);
      away.takeAway();
      Lines.append(in, BEFORE + 1, ALL);

      // It stays away for as long as this takes.
      awaitEvents(others, ALL);
      Await.until(() -> Lines.numbers(out).size() == ALL);

      away.giveBack();
      awaitEvents(receivers, ALL);
      assertThat(agent.stop().err()).contains("sessionbridge stopped");
    }

    List<String> ids = Lines.ids(out);
    assertThat(Lines.numbers(out)).isEqualTo(Lines.upTo(ALL));
    for (Receiver receiver : receivers) {
      Map<String, Integer> arrived = firstArrivals(receiver);
      assertThat(arrived.values()).as(receiver.id()).containsExactlyElementsOf(Lines.upTo(ALL));
      assertThat(ids).as(receiver.id()).containsAll(arrived.keySet());
    }
  }

  private static void awaitEvents(List<Receiver> receivers, int count) throws Exception {
    for (Receiver receiver : receivers) {
      Await.until(() -> firstArrivals(receiver).size() == count);
    }
  }

  /** The number of each event by its id, in the order in which they came first. */
  private static Map<String, Integer> firstArrivals(Receiver receiver) throws Exception {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (Arrival arrival : receiver.arrivals()) {
      if (!arrival.isOfTheAgent()) {
        numbers.putIfAbsent(
            arrival.id(), Integer.valueOf(arrival.content().get("user_name").substring(1)));
      }
    }
    return numbers;
  }
}
