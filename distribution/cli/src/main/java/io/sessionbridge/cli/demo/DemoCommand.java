package io.sessionbridge.cli.demo;

import com.google.inject.Injector;
import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeConfigReader;
import io.sessionbridge.bridge.BridgeFactory;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.Home;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.cli.StopSignal;
import io.sessionbridge.cli.receivers.KafkaReceiver;
import io.sessionbridge.cli.receivers.MqttReceiver;
import io.sessionbridge.cli.receivers.Receiver;
import io.sessionbridge.cli.receivers.SyslogReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Demonstrates delivery to real receivers, with an outage of each and a count at the end. */
@Command(
    name = "demo",
    description =
        "Replays a recorded day to Kafka, MQTT and syslog, interrupts each, and counts what"
            + " arrives.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  /** Ctrl-C also ends the receivers, possibly before this process receives it. */
  private static final Duration SIGNAL_SPREADS = Duration.ofMillis(500);

  private final ProgressLine line =
      new ProgressLine(System.out, Boolean.getBoolean("sessionbridge.terminal"));

  @Override
  public Integer call() throws Exception {
    LogLevel.set("error");
    Path recorded = Home.folder().resolve("share").resolve("demo").resolve("office-day.jsonl");
    if (!Files.exists(recorded)) {
      throw new CommandException(
          "the recorded day is not in " + recorded + ": unpack the whole program");
    }
    if (!Files.isDirectory(libraries())) {
      throw new CommandException(
          "the demo's receivers are not in "
              + libraries()
              + ": unpack the archive sessionbridge-demo of the same version beside the agent's, so"
              + " that both share "
              + Home.folder());
    }
    try (StopSignal stop = StopSignal.install();
        DemoFolder folder = DemoFolder.create()) {
      return show(folder.path(), recorded, stop);
    } catch (CancellationException e) {
      return ExitCode.FAILED;
    }
  }

  private int show(Path folder, Path recorded, StopSignal stop) throws Exception {
    Path libraries = libraries();
    DemoDay day = new DemoDay(recorded, folder.resolve("day.jsonl"));
    try (KafkaReceiver kafka = new KafkaReceiver(libraries, folder);
        MqttReceiver mqtt = new MqttReceiver(libraries, folder);
        SyslogReceiver syslog = new SyslogReceiver(libraries, folder)) {
      List<Receiver> receivers = List.of(kafka, mqtt, syslog);
      start(receivers);
      carry(receivers, config(receivers, folder, day.file()), day, stop);
      return count(receivers, DemoAudit.of(recorded));
    } catch (IOException e) {
      if (stop.await(SIGNAL_SPREADS)) {
        return ExitCode.FAILED;
      }
      throw new CommandException("the demo failed: " + e.getMessage());
    }
  }

  private static Path libraries() {
    return Home.folder().resolve("lib").resolve("demo");
  }

  private void start(List<Receiver> receivers) throws IOException {
    line.say("demo: starting a Kafka broker, an MQTT broker and a syslog receiver");
    for (Receiver receiver : receivers) {
      receiver.launch();
    }
    for (Receiver receiver : receivers) {
      receiver.awaitReady();
    }
    line.say(
        receivers.stream()
            .map(receiver -> receiver.id() + " " + receiver.address())
            .collect(Collectors.joining(", ", "demo: receivers are up: ", "")));
  }

  private int count(List<Receiver> receivers, DemoAudit audit) throws Exception {
    line.say("demo: independent consumers compare ids and contents with the recorded day");
    Map<String, DemoReport.Count> found = new LinkedHashMap<>();
    for (Receiver receiver : receivers) {
      found.put(receiver.id(), audit.count(receiver.arrivals()));
    }
    DemoReport report = new DemoReport(audit.events(), found);
    line.say(report.toString());
    return report.isRight() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void carry(List<Receiver> receivers, Path file, DemoDay day, StopSignal stop)
      throws Exception {
    Injector injector = BridgeModule.injector();
    BridgeConfig config = BridgeConfigReader.read(file, injector.getInstance(Plugins.class));
    try (Bridge bridge = injector.getInstance(BridgeFactory.class).create(config)) {
      bridge.start();
      new DemoShow(bridge, receivers, day, line, stop).play();
    }
  }

  private static Path config(List<Receiver> receivers, Path folder, Path day) throws IOException {
    List<String> text = new ArrayList<>();
    text.add("data_dir: " + quoted(folder.resolve("data")));
    text.add("shutdown: 2s");
    text.add("sources:");
    text.add("  day: {type: replay, path: " + quoted(day) + ", follow: true}");
    text.add("sinks:");
    for (Receiver receiver : receivers) {
      text.add("  " + receiver.id() + ":");
      receiver.sinkKeys().forEach(key -> text.add("    " + key));
    }
    return Files.write(folder.resolve("demo.yaml"), text);
  }

  private static String quoted(Path path) {
    return "'" + path.toAbsolutePath().toString().replace("'", "''") + "'";
  }
}
