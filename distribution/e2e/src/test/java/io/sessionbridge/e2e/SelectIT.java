package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Outcome;
import io.sessionbridge.e2e.Bundle.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sinks get of one journal, each by its own selection. */
class SelectIT {

  private static final Pattern LISTENS = Pattern.compile("http: listening on (\\S+)");

  /** Event logs of real machines: 392 logons, of which Windows' own accounts made 245. */
  private static final Path RECORDED =
      Path.of(
          "../../core/runtime/src/test/resources/io/sessionbridge/sessions/recorded-hosts.jsonl");

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Bundle bundle;

  @BeforeEach
  void makeBundle() {
    bundle = new Bundle(folder);
  }

  private void config(String source, String... sinks) throws IOException {
    bundle.write(
        "c.yaml",
        Stream.concat(
                Stream.of(
                    "data_dir: data",
                    "heartbeat: 1d",
                    "http: {address: '127.0.0.1:0'}",
                    "sources: {in: {type: replay, path: in.jsonl" + source + "}}",
                    "sinks:"),
                Stream.of(sinks))
            .toArray(String[]::new));
  }

  private long count(String file, Predicate<String> line) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve(file))) {
      return lines.filter(line).count();
    }
  }

  private static boolean isLogon(String line) {
    return line.contains("\"kind\":\"logon\"");
  }

  private static boolean isOfNoPerson(String line) {
    return line.contains("\"account_type\":\"virtual\"")
        || line.contains("\"account_type\":\"service\"");
  }

  @Test
  void windowsOwnAccountsComeOnlyToThoseWhoAskForThem() throws Exception {
    Files.copy(RECORDED, folder.resolve("in.jsonl"));
    config(
        "",
        "  usual: {type: file, path: usual.jsonl}",
        "  all: {type: file, path: all.jsonl, select: {account_types: [all]}}",
        "  own: {type: file, path: own.jsonl, select: {account_types: [virtual, service]}}",
        "  nobody: {type: file, path: nobody.jsonl, select: {users: [nobody-*], kinds: [logon]}}");
    Outcome valid = bundle.run("validate", "--config", "c.yaml");
    assertThat(valid.exit()).isZero();
    assertThat(valid.out().lines())
        .contains(
            "sink usual: excludes account types virtual, service",
            "sink all: excludes nothing",
            "sink own: excludes account types local, domain, entra, and events without a user or"
                + " an account type",
            "sink nobody: excludes kinds other than logon; account types virtual, service; users"
                + " other than nobody-*, and events without a user");
    assertThat(bundle.run("run", "--config", "c.yaml", "--exit-when-drained").exit()).isZero();
    assertThat(count("all.jsonl", SelectIT::isLogon)).isEqualTo(392);
    assertThat(count("usual.jsonl", SelectIT::isLogon)).isEqualTo(392 - 245);
    assertThat(count("own.jsonl", SelectIT::isLogon)).isEqualTo(245);
    assertThat(count("own.jsonl", line -> !isOfNoPerson(line)))
        .as("the start and the stop of the agent")
        .isEqualTo(2);
    assertThat(Files.readAllLines(folder.resolve("nobody.jsonl"))).isEmpty();
  }

  @Test
  void whatIsLeftOutIsCountedAndPassed() throws Exception {
    List<String> lines =
        Stream.iterate(1, i -> i <= 300, i -> i + 1)
            .map(i -> i % 3 == 0 ? Lines.line(i).replace("u" + i, "DWM-" + i) : Lines.line(i))
            .toList();
    Files.write(folder.resolve("in.jsonl"), lines);
    config(
        ", follow: true",
        "  usual: {type: file, path: usual.jsonl}",
        "  dwm: {type: file, path: dwm.jsonl, select: {users: [dwm-*], account_types: [all]}}");
    try (Running agent = bundle.start("run", "--config", "c.yaml")) {
      Await.until(() -> filtered(agent, "usual") == 100 && filtered(agent, "dwm") == 200);
      Await.until(() -> metric(agent, "pending_events", "usual") == 0);
      assertThat(metric(agent, "delivered_events_total", "usual")).isEqualTo(201);
      assertThat(metric(agent, "delivered_events_total", "dwm")).isEqualTo(101);
      agent.stop();
    }
    config(
        "",
        "  usual: {type: file, path: usual.jsonl}",
        "  dwm: {type: file, path: dwm.jsonl, select: {users: [dwm-*], account_types: [all]}}");
    assertThat(bundle.run("run", "--config", "c.yaml", "--exit-when-drained").exit()).isZero();
    assertThat(Lines.numbers(folder.resolve("usual.jsonl")))
        .isEqualTo(Lines.upTo(300).stream().filter(i -> i % 3 != 0).toList());
    assertThat(count("dwm.jsonl", line -> line.contains("\"DWM-"))).isEqualTo(100);
  }

  private long filtered(Running agent, String sink) throws Exception {
    return metric(agent, "filtered_events_total", sink);
  }

  /** A metric of a sink; -1 before the agent shows it. */
  private long metric(Running agent, String name, String sink) throws Exception {
    Matcher address = LISTENS.matcher(agent.err());
    if (!address.find()) {
      return -1;
    }
    URI uri = URI.create("http://" + address.group(1) + "/metrics");
    String metrics =
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    String series = "sessionbridge_sink_" + name + "{sink=\"" + sink + "\"} ";
    return metrics
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElse(-1);
  }
}
