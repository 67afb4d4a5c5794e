package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at events without a configuration, and Windows sources where there is no Windows. */
class WatchIT {

  @TempDir Path folder;
  private Bundle bundle;

  @BeforeEach
  void makeBundle() {
    bundle = new Bundle(folder);
  }

  @Test
  void saysWhatIsMissingAndWhatElseThereIs() throws Exception {
    Outcome outcome = bundle.run("watch");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .containsExactly(
            "sessionbridge: no source receives live sessions on this machine: kernel needs Windows,"
                + " scm needs Windows, sens needs Windows, wts needs Windows, this is Linux",
            "To watch recorded events: sessionbridge watch - <day.jsonl");
  }

  @Test
  void showsStandardInput() throws Exception {
    Path input = Lines.write(folder.resolve("in.jsonl"), 1, 2);
    Outcome outcome = bundle.runWith(input, "watch", "-");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out().lines().map(line -> line.substring(23).replaceFirst("  on \\S+$", "")))
        .containsExactly("  logon               u1", "  logon               u2");
    assertThat(outcome.err().lines())
        .containsExactly("watch: watching standard input, press Ctrl+C to stop", "watch: 2 events");
  }

  @Test
  void writesJsonThatItReads() throws Exception {
    Path input = Lines.write(folder.resolve("in.jsonl"), 1, 3);
    Outcome json = bundle.runWith(input, "watch", "--json", "-");
    Path again = bundle.write("again.jsonl", json.out().split("\n", -1));
    assertThat(bundle.runWith(again, "watch", "--json", "-").out()).isEqualTo(json.out());
    assertThat(Lines.numbers(json.out())).isEqualTo(Lines.upTo(3));
  }

  @Test
  void namesTheBadLine() throws Exception {
    Path input = bundle.write("in.jsonl", Lines.line(1), "{\"time\":1}");
    Outcome outcome = bundle.runWith(input, "watch", "-");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).contains("sessionbridge: standard input:2: time must be a time like");
  }

  @Test
  void aWindowsSourceOnLinuxIsAMistakeInTheConfiguration() throws Exception {
    bundle.write(
        "c.yaml",
        "data_dir: data",
        "sources:",
        "  windows: {type: wts, scop: all}",
        "sinks:",
        "  out: {type: file, path: out.jsonl}");
    Outcome outcome = bundle.run("run", "--config", "c.yaml");
    assertThat(outcome.exit()).isEqualTo(78);
    assertThat(outcome.err().lines())
        .containsExactly(
            "c.yaml:3: sources.windows.type wts needs Windows, this is Linux",
            "c.yaml:3: sources.windows.scop is unknown, did you mean scope?");
  }

  @Test
  void theEventLogOnLinuxIsAMistakeInTheConfiguration() throws Exception {
    bundle.write(
        "c.yaml",
        "data_dir: data",
        "log: {eventlog: true}",
        "sources: {day: {type: replay, path: in.jsonl}}",
        "sinks:",
        "  windows: {type: eventlog}");
    Outcome outcome = bundle.run("run", "--config", "c.yaml");
    assertThat(outcome.exit()).isEqualTo(78);
    assertThat(outcome.err().lines())
        .containsExactly(
            "c.yaml:2: log.eventlog must be false except on Windows, was true",
            "c.yaml:5: sinks.windows.type eventlog needs Windows, this is Linux");
  }
}
