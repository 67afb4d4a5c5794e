package io.sessionbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each benchmark once, as small as it can be: that it runs and what it prints, never how fast. */
class BenchmarksIT {

  private static final Path PROGRAM = Path.of("target/benchmarks/bin/benchmarks").toAbsolutePath();
  private static final String VALUES = "\\S+ \\(\\S+ to \\S+; each [^)]+\\)";

  @TempDir Path folder;

  @Test
  void journal() throws Exception {
    List<String> lines =
        run("journal", "--seconds", "0.02", "--repetitions", "2", "--segments", "2");

    assertThat(titles(lines))
        .containsExactly(
            "append, 1 thread, groups of 1",
            "append, 1 thread, groups of 64",
            "append, 8 threads, groups of 1",
            "append, eight threads to one, both one event at a time",
            "read back, 8 MB, from the page cache",
            "open, segments: 1, MB: 4",
            "open, segments: 2, MB: 0",
            "open, segments: 2, MB: 8");
    assertThat(lines.stream().filter(line -> line.matches("  ratio +" + VALUES))).hasSize(3);
    assertThat(lines.stream().filter(line -> line.matches("  journal +" + VALUES + ".*")))
        .hasSize(8);
  }

  @Test
  void sessions() throws Exception {
    List<String> lines =
        run("sessions --sessions 20 --hosts 30 --rounds 1 --repetitions 2".split(" ", -1));

    assertThat(titles(lines))
        .containsExactly("a report to one host, sessions: 20", "foreign hosts: 30");
    assertThat(lines)
        .anyMatch(line -> line.matches("  tracker +" + VALUES + " us of CPU"))
        .anyMatch(line -> line.matches("  sessions +open 20, events 140"))
        .anyMatch(line -> line.matches("  states +30 kept, 0 had to leave, .*"));
  }

  @Test
  void kafka() throws Exception {
    List<String> lines =
        run("kafka --events 500 --warm-up 500 --repetitions 1 --outage 0 --pin no".split(" ", -1));

    assertThat(titles(lines))
        .containsExactly(
            "replay file to last acknowledgement, 500 events",
            "drain of a backlog, 500 events",
            "broker away for 0 s: from its return to the first event",
            "count by an independent consumer");
    assertThat(lines.stream().filter(line -> line.matches("  ratio +" + VALUES))).hasSize(3);
    assertThat(lines)
        .anyMatch(line -> line.startsWith("  fsync: sent 1600, found 1600, lost 0, duplicates "))
        .anyMatch(
            line ->
                line.matches("  os: sent 1000, .* out of order 0, keys 4, value bytes 6\\d\\d"));
  }

  @Test
  void mqtt() throws Exception {
    Path unused = RequiredTool.find("mosquitto");

    List<String> lines =
        run("mqtt --events 300 --warm-up 300 --repetitions 1 --pin no".split(" ", -1));

    assertThat(titles(lines))
        .containsExactly(
            "replay file to last acknowledgement, 300 events",
            "drain of a backlog, 300 events",
            "count by an independent subscriber, 300 events each, not timed");
    assertThat(lines.stream().filter(line -> line.matches("  ratio +" + VALUES))).hasSize(2);
    assertThat(lines)
        .anyMatch(line -> line.startsWith("  replay: sent 300, found 300, lost 0, duplicates 0,"))
        .anyMatch(line -> line.startsWith("  drain: sent 300, found 300, lost 0, duplicates "));
  }

  @Test
  void syslog() throws Exception {
    Path unused = RequiredTool.find("rsyslogd");

    List<String> lines =
        run(
            "syslog --transports relp,tls --events 300 --warm-up 1 --repetitions 1 --pin no"
                .split(" ", -1));

    assertThat(titles(lines))
        .containsExactly(
            "relp, replay file to last acknowledgement, 300 events",
            "relp, drain of a backlog, 300 events",
            "tls, replay file to last write, 300 events",
            "tls, drain of a backlog, 300 events",
            "count of what rsyslogd wrote");
    assertThat(lines.stream().filter(line -> line.matches("  ratio +" + VALUES))).hasSize(4);
    assertThat(lines)
        .anyMatch(line -> line.startsWith("  relp: sent 601, found 601, lost 0, duplicates "))
        .contains("  relp, bare loop: sent 601, found 601")
        .anyMatch(line -> line.startsWith("  tls: sent 601, found 601, lost 0, duplicates "))
        .contains("  tls, bare loop: sent 601, found 601");
  }

  @Test
  void deadSink() throws Exception {
    List<String> lines = run("dead-sink", "--events", "500", "--repetitions", "1");

    assertThat(titles(lines)).containsExactly("file sink, 500 events, beside a dead Kafka sink");
    assertThat(lines.stream().filter(line -> line.matches("  ratio +" + VALUES))).hasSize(2);
  }

  @Test
  void startOfTheAgent() throws Exception {
    List<String> lines = run("start", "--segments", "2", "--repetitions", "1");

    assertThat(titles(lines))
        .containsExactly(
            "start with a backlog of 0 segments", "start with a backlog of 2 segments");
    assertThat(lines.stream().filter(line -> line.matches("  first event +" + VALUES + " ms")))
        .hasSize(2);
  }

  @Test
  void latency() throws Exception {
    Path unused = RequiredTool.find("mosquitto");
    unused = RequiredTool.find("rsyslogd");

    List<String> lines =
        run("latency --warm-up 1 --events 3 --interval 200 --minutes 0".split(" ", -1));

    assertThat(titles(lines)).containsExactly("3 events, one in 200 ms");
    assertThat(lines)
        .filteredOn(line -> line.matches("  \\w+ +median .* ms, 99\\.9 % .* ms, .*, missing 0"))
        .hasSize(4);
  }

  @Test
  void footprint() throws Exception {
    List<String> lines =
        run("footprint --settle 0 --watch 1 --load 200 --broker away".split(" ", -1));

    assertThat(titles(lines))
        .containsExactly(
            "idle: the bundle, broker away", "busy: 200 events replayed as fast as possible");
    assertThat(lines)
        .anyMatch(line -> line.matches("  resident after 0 s +\\d+ kB"))
        .anyMatch(line -> line.matches("  CPU in 1 s +\\d+\\.\\d+ s, \\d+\\.\\d+ %"));
  }

  @Test
  void footprintWithAllSinks() throws Exception {
    Path unused = RequiredTool.find("mosquitto");
    unused = RequiredTool.find("rsyslogd");

    List<String> lines =
        run("footprint --settle 0 --watch 1 --load 200 --sinks all".split(" ", -1));

    assertThat(titles(lines))
        .containsExactly(
            "idle: the bundle, broker up, all sinks",
            "busy: 200 events replayed as fast as possible");
  }

  @Test
  void footprintOfAProcess() throws Exception {
    String self = Long.toString(ProcessHandle.current().pid());

    List<String> lines = run("footprint", "--settle", "0", "--watch", "0", "--pid", self);

    assertThat(titles(lines)).containsExactly("idle: process " + self);
  }

  @Test
  void flags() throws Exception {
    List<String> lines =
        run("flags --cases 96m --settle 0 --events 200 --repetitions 1".split(" ", -1));

    assertThat(titles(lines))
        .singleElement()
        .asString()
        .startsWith("96m: -XX:+ExitOnOutOfMemoryError");
    assertThat(lines).anyMatch(line -> line.matches("  idle +" + VALUES + " kB resident"));
  }

  @Test
  void cold() throws Exception {
    Path unused = RequiredTool.find("mosquitto");
    unused = RequiredTool.find("rsyslogd");
    String rival =
        "printf 'data_dir: %s\\nsources: {in: {type: replay, path: %s, follow: true}}\\nsinks:"
            + " {kafka: {type: kafka, bootstrap_servers: [\"%s\"], topic: %s, batch_events: 10,"
            + " max_events_per_second: 100, select: {kinds:"
            + " [logon, shell_start, lock, unlock, remote_disconnect, logoff]}}}\\n'"
            + " $COLD_FOLDER/data $COLD_INPUT $COLD_BROKER $COLD_TOPIC >$COLD_FOLDER/rival.yaml;"
            + " exec ../bundle/target/sessionbridge/bin/sessionbridge run --config"
            + " $COLD_FOLDER/rival.yaml";

    List<String> lines =
        run(
            Stream.concat(
                    Stream.of(
                        ("cold --events 60 --warm-up 50 --repetitions 1 --settle 1 --pin no"
                                + " --cases shipped,archive,cache --format json --rival")
                            .split(" ", -1)),
                    Stream.of(rival))
                .toArray(String[]::new));

    assertThat(titles(lines))
        .satisfiesExactly(
            title -> assertThat(title).isEqualTo("cold: 60 events after 50, into Kafka as json"),
            title -> assertThat(title).startsWith("shipped: -X"),
            title -> assertThat(title).startsWith("archive: -X"),
            title -> assertThat(title).startsWith("cache: MALLOC_ARENA_MAX=1 -X"),
            title -> assertThat(title).startsWith("rival: printf"),
            title ->
                assertThat(title)
                    .isEqualTo("idle after 1 s, with Kafka, MQTT and syslog connected"));
    assertThat(lines.stream().filter(line -> line.matches("  CPU ratio +" + VALUES))).hasSize(8);
    assertThat(lines)
        .anyMatch(
            line ->
                line.matches(
                    "  archive +ready [\\d,]+ ms, resident \\d+ kB, private dirty \\d+ kB"));
  }

  @Test
  void coldWithACaseThatIsUnknown() throws Exception {
    Run run = start("cold", "--cases", "shipped,c3", "--folder", folder.toString());

    assertThat(run.exit()).isNotZero();
    assertThat(run.err()).contains("--cases takes some of shipped,c1,", ", not shipped,c3");
  }

  @Test
  void withoutANameTellsWhatThereIs() throws Exception {
    Run run = start();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("  journal ");
  }

  @Test
  void anUnknownKeyIsRefused() throws Exception {
    Run run = start("journal", "--second", "1");

    assertThat(run.exit()).isNotZero();
    assertThat(run.err()).contains("--second is unknown, known are --");
  }

  private static List<String> titles(List<String> lines) {
    List<String> titles = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i - 1).isEmpty()) {
        titles.add(lines.get(i));
      }
    }
    return titles;
  }

  private List<String> run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--folder", folder.toString()));
    Run run = start(all.toArray(String[]::new));
    // Java 24 and later warn of the native code of zstd.
    assertThat(run.err().lines())
        .allMatch(line -> line.isBlank() || line.startsWith("WARNING: "), run.err());
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("machine: ", "flags: -X", "pinning: ");
    return run.out().lines().toList();
  }

  private record Run(int exit, String out, String err) {}

  private Run start(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(PROGRAM.toString());
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
