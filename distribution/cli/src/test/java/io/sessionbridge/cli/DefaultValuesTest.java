package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.config.ConfigFile;
import io.sessionbridge.config.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultValuesTest {

  private static List<String> of(String text) {
    Problems problems = new Problems();
    List<String> lines =
        DefaultValues.of(
            ConfigFile.parse("c.yaml", text, problems).orElseThrow(),
            BridgeModule.injector().getInstance(Plugins.class));
    problems.throwIfAny();
    return lines;
  }

  @Test
  void showsWhatIsNotWritten() {
    List<String> lines =
        of(
            """
            journal: {max_age: 7d}
            sources: {day: {type: replay, path: day.jsonl}}
            sinks: {out: {type: file, path: out.jsonl, batch_events: 10}}
            """);

    assertThat(lines)
        .contains(
            "journal.max_bytes: 1GiB  (default)",
            "sessions.idle_after: 5m  (default)",
            "shutdown: 10s  (default)",
            "sources.day.on_bad_line: fail  (default)",
            "sinks.out.format: json  (default)",
            "sinks.out.start: now  (default)")
        .noneMatch(line -> line.startsWith("journal.max_age:"))
        .noneMatch(line -> line.startsWith("sinks.out.batch_events:"))
        .noneMatch(line -> line.startsWith("sinks.out.path:"))
        .noneMatch(line -> line.startsWith("http."));
    assertThat(lines).doesNotHaveDuplicates();
  }

  @Test
  void aSectionThatIsWrittenHasTheDefaultsOfItsOtherKeys() {
    assertThat(of("http: {address: 127.0.0.1:0}\nlog:\nsinks: {}\n"))
        .contains("log.level: info  (default)")
        .noneMatch(line -> line.startsWith("http.address:"));
    assertThat(of("control: false\nsinks: {}\n")).noneMatch(line -> line.startsWith("control"));
  }

  @Test
  void showsWhatAPresetSetsAsItsOwn() {
    List<String> lines =
        of(
            """
            sinks:
              siem: {type: syslog, transport: tcp, server: 'h:1', preset: qradar, bom: false}
            """);

    assertThat(lines)
        .contains(
            "sinks.siem.message: leef  (preset qradar)",
            "sinks.siem.header: rfc3164  (preset qradar)",
            "sinks.siem.framing: lf  (preset qradar)",
            "sinks.siem.max_message_bytes: 4KiB  (preset qradar)",
            "sinks.siem.batch_events: 500  (default)")
        .noneMatch(line -> line.startsWith("sinks.siem.bom:"))
        .doesNotHaveDuplicates();
  }
}
