package io.sessionbridge.cli;

import com.google.inject.Injector;
import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeConfigReader;
import io.sessionbridge.bridge.BridgeFactory;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Drained;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.delivery.SinkTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Shows the main job with a real broker, an outage in the middle, and a count at the end. */
@Command(
    name = "demo",
    description = "Replays a recorded day into a real Kafka broker and kills it in the middle.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  private static final String TOPIC = "sessionbridge.events.v1";

  /** About 25 recorded hours in 12 seconds. */
  private static final String SPEED = "7500";

  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private final ProgressLine line =
      new ProgressLine(System.out, Boolean.getBoolean("sessionbridge.terminal"));

  @Override
  public Integer call() throws Exception {
    LogLevel.set("error");
    Path day = Home.folder().resolve("share").resolve("demo").resolve("office-day.jsonl");
    if (!Files.exists(day)) {
      throw new CommandException(
          "the recorded day is not in " + day + ": unpack the whole program");
    }
    Path folder = Files.createTempDirectory("sessionbridge-demo");
    Thread cleaner = new Thread(() -> deleteAll(folder), "demo-cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner);
    try (DemoBrokerProcess broker = new DemoBrokerProcess(folder.resolve("kafka"), TOPIC)) {
      line.say("demo: starting a Kafka broker");
      broker.start();
      line.say("demo: Kafka serves " + broker.address());
      carry(broker, folder, day);
      line.say("demo: an independent consumer compares ids and contents with the recorded day");
      DemoReport report = new DemoAudit(broker.address(), TOPIC).compare(day);
      line.say(report.toString());
      return report.lost() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    } finally {
      deleteAll(folder);
    }
  }

  private void carry(DemoBrokerProcess broker, Path folder, Path day) throws Exception {
    long lines;
    try (Stream<String> all = Files.lines(day)) {
      lines = all.filter(Predicate.not(String::isBlank)).count();
    }
    Injector injector = BridgeModule.injector();
    BridgeConfig config =
        BridgeConfigReader.read(config(broker, folder, day), injector.getInstance(Plugins.class));
    try (Bridge bridge = injector.getInstance(BridgeFactory.class).create(config)) {
      bridge.start();
      line.say("demo: replaying " + lines + " recorded events of a small office");
      watch(bridge, "broker up  ", totals -> totals.delivered() >= lines / 4);
      broker.kill();
      line.say("demo: the broker is killed");
      watch(bridge, "broker away", totals -> totals.pending() >= lines / 3);
      line.say("demo: the broker starts again");
      broker.start();
      watch(bridge, "broker up  ", totals -> totals.accepted() > lines && totals.pending() == 0);
      Drained drained = bridge.awaitDrained(PATIENCE, () -> false);
      drained.problems().forEach(problem -> line.say("demo: " + problem));
    }
  }

  /** Shows the way of things until the condition holds, or for as long as patience lasts. */
  private void watch(Bridge bridge, String phase, Predicate<SinkTotals> until)
      throws InterruptedException {
    DeliveryLoop loop = bridge.loops().get(0);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      SinkTotals totals = loop.totals();
      line.show(
          String.format(
              "  %s  journal %4d  delivered %4d  waiting on disk %4d",
              phase, totals.accepted(), totals.delivered(), totals.pending()));
      if (until.test(totals)) {
        return;
      }
      bridge.awaitDrained(TICK, () -> false);
    }
  }

  private static Path config(DemoBrokerProcess broker, Path folder, Path day) throws IOException {
    List<String> text =
        List.of(
            "data_dir: " + quoted(folder.resolve("data")),
            "sources:",
            "  day: {type: replay, path: " + quoted(day) + ", speed: " + SPEED + "}",
            "sinks:",
            "  kafka:",
            "    type: kafka",
            "    bootstrap_servers: [\"" + broker.address() + "\"]",
            "    topic: " + TOPIC);
    return Files.write(folder.resolve("demo.yaml"), text);
  }

  private static String quoted(Path path) {
    return "'" + path.toAbsolutePath().toString().replace("'", "''") + "'";
  }

  private static void deleteAll(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("demo: " + folder + " could not be removed: " + e.getMessage());
    }
  }
}
