package io.sessionbridge.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The class cache has the classes of connected sinks, although no receiver is there when it is
 * made. Their list is in {@code distribution/cli}; {@code -Dgolden.write=true} writes it.
 */
@Timeout(600)
class ConnectedClassesIT {

  private static final Path LIST =
      Path.of("../cli/src/main/resources/io/sessionbridge/cli/cache/connected-classes.txt");

  /** Of 6,900. Which classes a run needs depends a little on its timing. */
  private static final int MOST_FROM_JARS = 40;

  private static final boolean AOT = Runtime.version().feature() >= 25;

  /** Of the class file: Java 6. Those of picocli are older. */
  private static final int FIRST_IN_AOT = 50;

  private static final String NO_RECEIVER = "127.0.0.1:9";

  @TempDir private Path temporary;

  @Test
  void comeFromTheClassCache() throws Exception {
    Path folder = temporary.toRealPath();
    ProgramCopy program = new ProgramCopy(folder);
    if (Boolean.getBoolean("golden.write")) {
      SortedSet<String> needed = new TreeSet<>(runConnected(program, folder, 1).all());
      needed.removeAll(run(program, folder, 2, NO_RECEIVER, NO_RECEIVER, NO_RECEIVER).all());
      Files.write(LIST, needed);
      return; // the list takes effect with the next build
    }
    assertThat(program.run("", "class-cache").exitCode()).isZero();

    LoadedClasses loaded = runConnected(program, folder, 1);

    assertThat(loaded.all()).contains("org.apache.kafka.common.requests.ProduceResponse");
    assertThat(loaded.fromJars())
        .filteredOn(name -> !isLeftOut(program, name))
        .hasSizeLessThan(MOST_FROM_JARS);
  }

  /** Whether an AOT cache has no place for a class. */
  private static boolean isLeftOut(ProgramCopy program, String name) {
    return AOT && program.classFileVersion(name) < FIRST_IN_AOT;
  }

  private static LoadedClasses runConnected(ProgramCopy program, Path folder, int number)
      throws Exception {
    Path log = folder.resolve("receivers.log");
    String kept = folder + "/received-";
    try (DemoReceiver kafka = new DemoReceiver(log, "DemoBroker", kept + "kafka", "0", "events");
        DemoReceiver mqtt = new DemoReceiver(log, "DemoMqttBroker", kept + "mqtt", "0");
        DemoReceiver relp = new DemoReceiver(log, "DemoSyslogReceiver", kept + "relp", "0")) {
      return run(program, folder, number, kafka.address(), mqtt.address(), relp.address());
    }
  }

  private static LoadedClasses run(
      ProgramCopy program, Path folder, int number, String kafka, String mqtt, String relp)
      throws Exception {
    Path config = folder.resolve("run-" + number + ".yaml");
    Files.writeString(
        config,
        """
        data_dir: %1$s/data-%2$d
        sources:
          day: {type: replay, path: %3$s/share/demo/office-day.jsonl}
        sinks:
          file: {type: file, path: %1$s/events-%2$d.jsonl}
          kafka: {type: kafka, bootstrap_servers: ["%4$s"], topic: events}
          mqtt: {type: mqtt, server: "tcp://%5$s", topic_prefix: events}
          syslog: {type: syslog, transport: relp, server: "%6$s"}
        """
            .formatted(folder, number, program.home(), kafka, mqtt, relp));
    Path log = folder.resolve("classes-" + number);
    boolean connected = !kafka.equals(NO_RECEIVER);
    ProgramCopy.Outcome outcome =
        program.run(
            LoadedClasses.option(log),
            "run",
            "--config",
            config.toString(),
            "--exit-when-drained",
            "--timeout",
            connected ? "300s" : "5s");
    assertThat(outcome.exitCode())
        .as(String.join("\n", outcome.errors()))
        .isEqualTo(connected ? 0 : 1);
    return LoadedClasses.of(log);
  }
}
