package io.sessionbridge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate} changes nothing, and finds what would keep the agent from working. */
class ValidateIT {

  @TempDir Path temp;
  private Path folder;
  private Bundle bundle;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temp.toRealPath().resolve("place"));
    bundle = new Bundle(temp);
    Lines.write(folder.resolve("in.jsonl"), 1, 3);
  }

  private void config(String... lines) throws IOException {
    Files.write(folder.resolve("c.yaml"), List.of(lines));
  }

  private Outcome validate(String... more) throws Exception {
    Map<String, String> before = listing();
    Outcome outcome =
        bundle.run(
            Stream.concat(Stream.of("validate", "--config", "place/c.yaml"), Stream.of(more))
                .toArray(String[]::new));
    assertThat(listing()).isEqualTo(before);
    return outcome;
  }

  /** All that can be seen of every file but the time of the last reading. */
  private Map<String, String> listing() throws IOException {
    Map<String, String> listing = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        Map<String, Object> seen =
            Files.readAttributes(
                file,
                "unix:ino,mode,uid,gid,size,lastModifiedTime,ctime",
                LinkOption.NOFOLLOW_LINKS);
        String content =
            Files.isRegularFile(file) ? new String(Files.readAllBytes(file), UTF_8) : "";
        listing.put(file.toString(), new TreeMap<>(seen) + content);
      }
    }
    return listing;
  }

  private void configWithEverySink() throws IOException {
    config(
        "data_dir: data",
        "sources: {r: {type: replay, path: in.jsonl}}",
        "sinks:",
        "  plain: {type: file, path: plain.jsonl}",
        "  fresh: {type: file, path: missing/folder/fresh.jsonl}",
        "  days: {type: file, path: days.jsonl, rotate_every: 1d}",
        "  foreign: {type: file, path: in.txt}",
        "  screen: {type: file, path: '-'}",
        "  lake: {type: kafka, bootstrap_servers: ['127.0.0.1:1'], topic: t}",
        "  desk: {type: mqtt, server: 'tcp://127.0.0.1:1'}",
        "  siem: {type: syslog, transport: relp, server: '127.0.0.1:1'}",
        "  udp: {type: syslog, transport: udp, server: '127.0.0.1:1'}");
  }

  @Test
  void changesNothingBeforeTheFirstStart() throws Exception {
    configWithEverySink();
    Files.writeString(folder.resolve("plain.jsonl"), "{\"id\":\"1\"}\n{\"id\":\"2");
    Files.writeString(folder.resolve("in.txt"), "key=value");
    assertThat(validate().exit()).isZero();
    Outcome outcome = validate("--connect");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("sink plain: connects\n", "sink fresh: connects\n", "sink days: connects\n")
        .contains(
            "sink foreign: path "
                + folder.resolve("in.txt")
                + " holds something else: choose another path or move the file away (its last 9"
                + " bytes have no line end and are not an event)\n")
        .contains("sink lake: ", "sink desk: ", "sink siem: ");
  }

  @Test
  void changesNothingAfterARun() throws Exception {
    config(
        "data_dir: data",
        "sources: {r: {type: replay, path: in.jsonl}}",
        "sinks: {plain: {type: file, path: plain.jsonl}}");
    assertThat(bundle.run("run", "--config", "place/c.yaml", "--exit-when-drained").exit())
        .isZero();
    configWithEverySink();
    assertThat(validate().exit()).isZero();
    assertThat(validate("--connect").exit()).isEqualTo(1);
  }

  @Test
  void findsTwoSinksOnOnePathAndASinkThatFeedsItsSource() throws Exception {
    config(
        "data_dir: data",
        "sources: {r: {type: replay, path: in.jsonl, follow: true}}",
        "sinks:",
        "  a: {type: file, path: out.jsonl}",
        "  b: {type: file, path: ./out.jsonl}",
        "  c: {type: file, path: in.jsonl}");
    Outcome outcome = validate();
    assertThat(outcome.exit()).isEqualTo(78);
    assertThat(outcome.err().lines())
        .containsExactly(
            "place/c.yaml:5: sinks.b writes "
                + folder.resolve("./out.jsonl")
                + ", which sinks.a also writes: give each its own path",
            "place/c.yaml:6: sinks.c writes "
                + folder.resolve("in.jsonl")
                + ", which sources.r reads: every event would be read again endlessly; give the"
                + " sink another path");
  }

  @Test
  void findsAMissingFileAndAFolderThatCannotBeOne() throws Exception {
    config(
        "data_dir: in.jsonl/data",
        "sources: {r: {type: replay, path: none.jsonl}, f: {type: replay, path: x, follow: true}}",
        "sinks: {a: {type: file, path: out.jsonl}}");
    Outcome outcome = validate();
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out().lines())
        .contains(
            "data_dir "
                + folder.resolve("in.jsonl/data")
                + " cannot be written: "
                + folder.resolve("in.jsonl")
                + ": not a folder",
            "source r: " + folder.resolve("none.jsonl") + " does not exist")
        .noneMatch(line -> line.startsWith("source f"));
  }

  @Test
  void tellsWhatTheHeapHolds() throws Exception {
    config(
        "data_dir: data",
        "sources: {r: {type: replay, path: in.jsonl}}",
        "sinks: {a: {type: file, path: out.jsonl}}");
    Outcome usual = validate();
    assertThat(usual.exit()).isZero();
    assertThat(usual.out().lines().filter(line -> line.startsWith("memory: ")))
        .singleElement()
        .asString()
        .matches(
            "memory: heap of 9\\d MiB, of which batches may use 3\\d MiB;"
                + " the largest batches of all sinks need 13 MiB");
    config(
        "data_dir: data",
        "sources: {r: {type: replay, path: in.jsonl}}",
        "sinks:",
        "  a: {type: file, path: out.jsonl, batch_events: 50000, batch_bytes: 16MiB}");
    Outcome large = validate();
    assertThat(large.exit()).isZero();
    assertThat(large.out())
        .containsPattern(
            "\n"
                + "memory: batches will be smaller than batch_events and batch_bytes allow: the"
                + " largest batches of all sinks need 124 MiB of memory, 3\\d MiB are available\\."
                + " Lower these keys, use fewer sinks, or give Java more: -Xmx256m in");
  }

  @Test
  void refusesWhatTheHeapCannotHold() throws Exception {
    String sink = "{type: syslog, transport: tcp, server: '127.0.0.1:1', replay_bytes: 16MiB}";
    config(
        "data_dir: data",
        "sources: {r: {type: replay, path: in.jsonl}}",
        "sinks:",
        "  a: " + sink,
        "  b: " + sink);
    assertThat(validate().exit()).isZero();
    Files.writeString(folder.resolve("c.yaml"), "  c: " + sink + "\n", APPEND);
    Outcome outcome = validate();
    assertThat(outcome.exit()).isEqualTo(78);
    assertThat(outcome.err().lines())
        .hasSize(3)
        .last()
        .asString()
        .matches(
            "place/c\\.yaml:6: sinks\\.c\\.replay_bytes takes 20 MiB of memory, all sinks together"
                + " 60 MiB of 9\\d MiB: lower it, or give Java more: -Xmx192m in"
                + " SESSIONBRIDGE_JAVA_OPTS");
  }

  @Test
  void echoesNoPassword() throws Exception {
    config(
        "data_dir: data",
        "sources: {r: {type: replay, path: in.jsonl}}",
        "sinks:",
        "  a: {type: mqtt, server: 'tcp://kim:hunter2@127.0.0.1:1'}",
        "  b: {type: mqtt, server: 'tcp://127.0.0.1:1', password: hunter2}",
        "  c: {type: kafka, bootstrap_servers: ['kim:hunter2@k1:9092'], topic: t}",
        "  d: {type: syslog, server: 'kim:hunter2@siem:6514'}");
    Outcome wrong = validate();
    assertThat(wrong.exit()).isEqualTo(78);
    assertThat(wrong.err())
        .contains("sinks.a.server", "sinks.b.password", "sinks.c.bootstrap_servers")
        .doesNotContain("hunter2");
    config(
        "data_dir: data",
        "sources: {r: {type: replay, path: in.jsonl}}",
        "sinks:",
        "  b: {type: mqtt, server: 'tcp://127.0.0.1:1', username: kim, password_file: hunter2}");
    Outcome missing = validate("--connect");
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.out() + missing.err()).doesNotContain("hunter2");
  }
}
