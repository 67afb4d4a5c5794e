package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users get wrong, and what the program says. */
class BadInputIT {

  @TempDir Path folder;
  private Bundle bundle;

  @BeforeEach
  void makeBundle() {
    bundle = new Bundle(folder);
  }

  @Test
  void tellsEveryMistakeAtOnceAndTouchesNothing() throws Exception {
    bundle.write(
        "bad.yaml",
        "data_dir: data",
        "sources:",
        "  a: {type: reply, path: x}",
        "  b: {type: replay, path: y, on_bad_lines: skip}",
        "  b: {type: replay, path: y}",
        "sinks:",
        "  lake:",
        "    type: kafka",
        "    bootstrap_servers: [\"k1:9092\"]",
        "    topic: t",
        "    batch_bytes: 5",
        "    max_events_per_second: 0",
        "  more:",
        "    type: kafka",
        "    bootstrap_servers: [\"k1:9092\"]",
        "    topic: t",
        "    properties: {sasl.jaas.config: hunter2}");
    Outcome outcome = bundle.run("run", "--config", "bad.yaml");
    assertThat(outcome.exit()).isEqualTo(78);
    assertThat(outcome.err().lines())
        .containsExactly(
            "bad.yaml:3: sources.a.type must be one of kernel, replay, scm, sens, wts, was reply,"
                + " did you mean replay?",
            "bad.yaml:4: sources.b.on_bad_lines is unknown, did you mean on_bad_line?",
            "bad.yaml:5: sources.b appears twice, first in line 4",
            "bad.yaml:11: sinks.lake.batch_bytes must have a unit (B, KiB, MiB, GiB, TiB), was 5",
            "bad.yaml:12: sinks.lake.max_events_per_second must be between 1 and 1000000, was 0",
            "bad.yaml:17: sinks.more.properties.sasl.jaas.config is not allowed here, use username"
                + " and password_file");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void refusesAFormatThatTheSinkCannotCarry() throws Exception {
    bundle.write(
        "bad.yaml",
        "data_dir: data",
        "sources:",
        "  a: {type: replay, path: y}",
        "sinks:",
        "  presence:",
        "    type: mqtt",
        "    server: tcp://broker",
        "    format: cloudevents_binary");
    assertThat(bundle.run("validate", "--config", "bad.yaml"))
        .isEqualTo(
            new Outcome(
                78,
                "",
                "bad.yaml:8: sinks.presence.format must not be cloudevents_binary without"
                    + " version: 5; use cloudevents\n"));
  }

  @Test
  void wantsAFileSourcesAndSinks() throws Exception {
    assertThat(bundle.run("validate", "--config", "none.yaml"))
        .isEqualTo(new Outcome(78, "", "none.yaml: does not exist\n"));
    bundle.write("empty.yaml", "data_dir: data");
    assertThat(bundle.run("run", "--config", "empty.yaml"))
        .isEqualTo(
            new Outcome(
                78,
                "",
                """
                empty.yaml:1: sources is missing: only Windows has a default source; on Linux \
                configure one, such as recorded: {type: replay, path: day.jsonl}
                empty.yaml:1: sinks is missing (where events go: an entry for each sink, under a \
                name of your choice)
                """));
  }

  @Test
  void refusesTwoSourcesOnTheStandardInputAndASinkOnTheDataFolder() throws Exception {
    bundle.write(
        "bad.yaml",
        "data_dir: data",
        "sources:",
        "  a: {type: replay, path: '-'}",
        "  b: {type: replay, path: '-'}",
        "sinks:",
        "  out: {type: file, path: data}");
    Outcome outcome = bundle.run("validate", "--connect", "--config", "bad.yaml");
    assertThat(outcome.exit()).isEqualTo(78);
    assertThat(outcome.err().lines())
        .containsExactly(
            "bad.yaml:4: sources.b reads the standard input, which sources.a also reads: only one"
                + " source can read it; give the other one a file",
            "bad.yaml:6: sinks.out writes "
                + folder.toRealPath().resolve("data")
                + ", but that is a folder of the agent itself: give the sink the path of a file");
  }

  @Test
  void refusesAFolderThatAnotherProcessUses() throws Exception {
    Lines.write(folder.resolve("in.jsonl"), 1, 1);
    config("in.jsonl", "follow: true");
    try (Bundle.Running first = bundle.start("run", "--config", "c.yaml")) {
      Await.until(() -> Files.exists(folder.resolve("out.jsonl")));
      Outcome second = bundle.run("run", "--config", "c.yaml");
      assertThat(second.exit()).isEqualTo(1);
      assertThat(second.err())
          .contains("data directory " + folder.toRealPath().resolve("data"))
          .contains("is in use by another SessionBridge (process ");
      assertThat(first.stop().exit()).isEqualTo(143);
    }
  }

  @Test
  void refusesAFolderThatCannotBeOne() throws Exception {
    Lines.write(folder.resolve("in.jsonl"), 1, 1);
    Files.writeString(folder.resolve("data"), "a file stands here");
    config("in.jsonl", "follow: false");
    Outcome outcome = bundle.run("run", "--config", "c.yaml");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).contains("data directory").contains("cannot be used");
  }

  @Test
  void namesABadLineAndStopsBehindTheGoodOnes() throws Exception {
    Files.writeString(
        folder.resolve("in.jsonl"), Lines.line(1) + "\n{\"kind\":\"logn\"}\n" + Lines.line(2));
    config("in.jsonl", "on_bad_line: fail");
    Outcome outcome = bundle.run("run", "--config", "c.yaml", "--exit-when-drained");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).contains("in.jsonl:2: kind 'logn' is unknown");
    assertThat(Lines.numbers(folder.resolve("out.jsonl"))).containsExactly(1);
  }

  @Test
  void aMissingFileFailsTheDrainAfterTheRestHasArrived() throws Exception {
    Lines.write(folder.resolve("in.jsonl"), 1, 700);
    bundle.write(
        "c.yaml",
        "data_dir: data",
        "sources:",
        "  gone: {type: replay, path: gone.jsonl}",
        "  in: {type: replay, path: in.jsonl}",
        "sinks:",
        "  out: {type: file, path: out.jsonl}");
    Outcome outcome = bundle.run("run", "--config", "c.yaml", "--exit-when-drained");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("sessionbridge: source gone ")
        .contains("gone.jsonl does not exist");
    assertThat(Lines.numbers(folder.resolve("out.jsonl"))).isEqualTo(Lines.upTo(700));
  }

  @Test
  void skipsBadLinesIfToldTo() throws Exception {
    String surrogate =
        "{\"time\":\"2026-11-20T08:00:00Z\",\"kind\":\"logon\",\"user_name\":\"u3\","
            + "\"client_name\":\"\\ud83d\"}";
    String tooLong = "{\"user_name\":\"" + "x".repeat(1 << 20) + "\"}";
    Files.write(
        folder.resolve("in.jsonl"),
        String.join("\r\n", "\uFEFF" + Lines.line(1), "{", tooLong, "", Lines.line(2), surrogate)
            .getBytes(StandardCharsets.UTF_8));
    config("in.jsonl", "on_bad_line: skip");
    Outcome outcome = bundle.run("run", "--config", "c.yaml", "--exit-when-drained");
    assertThat(outcome.exit()).isZero();
    assertThat(Lines.numbers(folder.resolve("out.jsonl"))).containsExactly(1, 2, 3);
    assertThat(Files.readString(folder.resolve("out.jsonl")))
        .contains("\"client_name\":\"\uFFFD\"");
    assertThat(outcome.err())
        .contains("skips in.jsonl:2: not JSON: the line ends before the object does, at column 2\n")
        .contains("skips in.jsonl:3: the line has 1048593 bytes, an event may have 262144");
  }

  @Test
  void refusesToWaitForTheEndOfASourceThatHasNone() throws Exception {
    Lines.write(folder.resolve("in.jsonl"), 1, 1);
    config("in.jsonl", "follow: true");
    assertThat(bundle.run("run", "--config", "c.yaml", "--exit-when-drained"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "sessionbridge: source in never ends (follow: true), so"
                    + " --exit-when-drained would never exit: remove one of them\n"));
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void refusesATimeoutWithoutTheDrainThatItLimits() throws Exception {
    assertThat(bundle.run("run", "--config", "none.yaml", "--timeout", "5s"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "sessionbridge: --timeout has no effect without --exit-when-drained: add that, or"
                    + " remove --timeout\n"));
  }

  @Test
  void readsEveryLineOnceOverRestarts() throws Exception {
    Path in = Lines.write(folder.resolve("in.jsonl"), 1, 700);
    config("in.jsonl", "follow: false");
    assertThat(bundle.run("run", "--config", "c.yaml", "--exit-when-drained").exit()).isZero();
    assertThat(bundle.run("run", "--config", "c.yaml", "--exit-when-drained").exit()).isZero();
    Lines.write(in, 1, 900);
    assertThat(bundle.run("run", "--config", "c.yaml", "--exit-when-drained").exit()).isZero();
    assertThat(Lines.numbers(folder.resolve("out.jsonl"))).isEqualTo(Lines.upTo(900));
  }

  @Test
  void neverRepeatsAnIdAfterTheJournalWasCopied() throws Exception {
    Path in = Lines.write(folder.resolve("in.jsonl"), 1, 10);
    config("in.jsonl", "follow: false");
    bundle.run("run", "--config", "c.yaml", "--exit-when-drained");
    Path clone = Files.createDirectory(folder.resolve("clone"));
    copy(folder.resolve("data"), clone.resolve("data"));
    Files.copy(folder.resolve("c.yaml"), clone.resolve("c.yaml"));
    Lines.write(in, 1, 20);
    Files.copy(in, clone.resolve("in.jsonl"));
    bundle.run("run", "--config", "c.yaml", "--exit-when-drained");
    new Bundle(clone).run("run", "--config", "c.yaml", "--exit-when-drained");
    List<String> ids = Lines.ids(folder.resolve("out.jsonl"));
    Set<String> all = new HashSet<>(ids);
    assertThat(all).hasSameSizeAs(ids);
    assertThat(Lines.ids(clone.resolve("out.jsonl"))).isNotEmpty().doesNotContainAnyElementsOf(all);
    assertThat(Lines.numbers(clone.resolve("out.jsonl"))).isEqualTo(Lines.upTo(20).subList(10, 20));
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private void config(String in, String more) throws Exception {
    bundle.write(
        "c.yaml",
        "data_dir: data",
        "sources:",
        "  in: {type: replay, path: " + in + ", " + more + "}",
        "sinks:",
        "  out: {type: file, path: out.jsonl}");
  }
}
