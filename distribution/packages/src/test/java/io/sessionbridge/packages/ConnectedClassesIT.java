package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The class cache has the classes of connected sinks, although no receiver is there when it is
 * made. Their list is in {@code distribution/cli}; {@code -Dgolden.write=true} writes it.
 */
@Timeout(600)
class ConnectedClassesIT {

  private static final Path BUNDLE = Path.of("../bundle/target/sessionbridge").toAbsolutePath();

  private static final Path LIST =
      Path.of("../cli/src/main/resources/io/sessionbridge/cli/cache/connected-classes.txt");

  /** Of 6,900. Which classes a run needs depends a little on its timing. */
  private static final int MOST_FROM_JARS = 40;

  private static final String NO_RECEIVER = "127.0.0.1:9";

  @TempDir private static Path folder;
  private static Path home = Path.of("");

  @BeforeAll
  static void copyProgram() throws Exception {
    home = folder.toRealPath().resolve("sessionbridge");
    try (Stream<Path> files = Files.walk(BUNDLE)) {
      for (Path file : files.toList()) {
        Path name = BUNDLE.relativize(file);
        if (!name.startsWith("lib/demo")) {
          Files.copy(file, home.resolve(name));
        }
      }
    }
  }

  @Test
  void comeFromTheClassCache() throws Exception {
    if (Boolean.getBoolean("golden.write")) {
      SortedSet<String> needed = new TreeSet<>(runConnected("without-cache").all());
      needed.removeAll(run("unconnected", NO_RECEIVER, NO_RECEIVER, NO_RECEIVER, 1).all());
      Files.write(LIST, needed);
      return; // the list takes effect with the next build
    }
    start("", 0, "class-cache");

    LoadedClasses loaded = runConnected("with-cache");

    assertThat(loaded.all()).contains("org.apache.kafka.common.requests.ProduceResponse");
    assertThat(loaded.fromJars()).hasSizeLessThan(MOST_FROM_JARS);
  }

  private static LoadedClasses runConnected(String name) throws Exception {
    Path work = Files.createDirectories(folder.resolve(name + "-receivers"));
    Path log = work.resolve("log");
    try (DemoReceiver kafka =
            new DemoReceiver(BUNDLE, log, "DemoBroker", work + "/kafka", "0", "events");
        DemoReceiver mqtt = new DemoReceiver(BUNDLE, log, "DemoMqttBroker", work + "/mqtt", "0");
        DemoReceiver relp =
            new DemoReceiver(BUNDLE, log, "DemoSyslogReceiver", work + "/syslog", "0")) {
      return run(name, kafka.address(), mqtt.address(), relp.address(), 0);
    }
  }

  private static LoadedClasses run(
      String name, String kafka, String mqtt, String relp, int exitCode) throws Exception {
    Path config = folder.resolve(name + ".yaml");
    Files.writeString(
        config,
        """
        data_dir: %1$s/%2$s
        sources:
          day: {type: replay, path: %3$s/share/demo/office-day.jsonl}
        sinks:
          file: {type: file, path: %1$s/%2$s.jsonl}
          kafka: {type: kafka, bootstrap_servers: ["%4$s"], topic: events}
          mqtt: {type: mqtt, server: "tcp://%5$s", topic_prefix: events}
          syslog: {type: syslog, transport: relp, server: "%6$s"}
        """
            .formatted(folder, name, home, kafka, mqtt, relp));
    Path log = folder.resolve(name + ".classes");
    start(
        LoadedClasses.option(log),
        exitCode,
        "run",
        "--config",
        config.toString(),
        "--exit-when-drained",
        "--timeout",
        exitCode == 0 ? "300s" : "5s");
    return LoadedClasses.of(log);
  }

  private static void start(String options, int exitCode, String... arguments)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/sessionbridge").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SESSIONBRIDGE_JAVA_OPTS", options);
    assertThat(builder.start().waitFor()).as(Files.readString(output, UTF_8)).isEqualTo(exitCode);
  }
}
