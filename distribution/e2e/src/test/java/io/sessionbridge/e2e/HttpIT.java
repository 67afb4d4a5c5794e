package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.e2e.Bundle.Running;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health and metrics of the bundle, as a monitoring system asks for them. */
class HttpIT {

  private static final Pattern LISTENS = Pattern.compile("http: listening on (\\S+)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (?:sessionbridge_)?(\\S+) ");
  private static final List<String> TERMS =
      List.of(
          "delivered_events_total",
          "filtered_events_total",
          "rejected_events_total",
          "lost_events_total",
          "pending_events");

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Bundle bundle;

  @BeforeEach
  void makeBundle() throws Exception {
    bundle = new Bundle(folder);
    Lines.write(folder.resolve("in.jsonl"), 1, 100);
  }

  private void config(String address) throws Exception {
    bundle.write(
        "c.yaml",
        "data_dir: data",
        "http: {address: \"" + address + "\"}",
        "sources:",
        "  in: {type: replay, path: in.jsonl, follow: true}",
        "sinks:",
        "  lake: {type: kafka, bootstrap_servers: [\"127.0.0.1:1\"], topic: t}",
        "  out: {type: file, path: out.jsonl}");
  }

  @Test
  void showsHealthAndABalancedSumAlsoAfterAKill() throws Exception {
    config("127.0.0.1:0");
    String address;
    try (Running agent = bundle.start("run", "--config", "c.yaml")) {
      address = addressOf(agent);
      Await.until(() -> get(address, "/ready").statusCode() == 200);
      Await.until(() -> value(get(address, "/metrics").body(), "out", TERMS.get(0)) == 101);
      HttpResponse<String> health = get(address, "/health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body())
          .startsWith(
              "{\"status\":\"degraded\",\"components\":[{\"kind\":\"journal\",\"status\":\"up\"}")
          .contains("{\"kind\":\"source\",\"id\":\"in\",\"status\":\"up\"}")
          .contains("{\"kind\":\"sink\",\"id\":\"lake\",\"status\":\"degraded\",\"message\":\"")
          .contains("{\"kind\":\"sink\",\"id\":\"out\",\"status\":\"up\"}")
          .doesNotContain("u1\"");
      assertBalanced(get(address, "/metrics").body(), 101);
      agent.kill();
    }
    try (Running agent = bundle.start("run", "--config", "c.yaml")) {
      String again = addressOf(agent);
      Await.until(() -> value(get(again, "/metrics").body(), "out", TERMS.get(0)) == 102);
      assertBalanced(get(again, "/metrics").body(), 102);
      agent.stop();
      assertThatThrownBy(() -> get(again, "/health")).isInstanceOf(ConnectException.class);
    }
  }

  private static void assertBalanced(String metrics, long accepted) {
    for (String sink : List.of("lake", "out")) {
      assertThat(value(metrics, sink, "accepted_events_total")).isEqualTo(accepted);
      assertThat(TERMS.stream().mapToLong(term -> value(metrics, sink, term)).sum())
          .as("the terms of %s", sink)
          .isEqualTo(accepted);
    }
  }

  @Test
  void listsEveryMetricInTheBundledDocumentation() throws Exception {
    config("127.0.0.1:0");
    StringBuilder pages = new StringBuilder();
    try (var files = Files.walk(Bundle.HOME.resolve("docs"))) {
      for (Path page : files.filter(file -> file.toString().endsWith(".md")).toList()) {
        pages.append(Files.readString(page));
      }
    }
    try (Running agent = bundle.start("run", "--config", "c.yaml")) {
      String address = addressOf(agent);
      Await.until(() -> get(address, "/ready").statusCode() == 200);
      List<String> names =
          TYPE.matcher(get(address, "/metrics").body())
              .results()
              .map(found -> found.group(1))
              .toList();
      assertThat(names).isNotEmpty();
      for (String name : names) {
        assertThat(pages).containsPattern("`(sessionbridge_)?" + name + "`");
      }
    }
  }

  @Test
  void carriesEventsAlthoughThePortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + other.getLocalPort();
      config(address);
      try (Running agent = bundle.start("run", "--config", "c.yaml")) {
        Path out = folder.resolve("out.jsonl");
        Await.until(() -> Files.exists(out) && Lines.numbers(out).size() == 100);
        assertThat(agent.err())
            .contains("ERROR")
            .contains("http: cannot listen on " + address + ": Address already in use; ");
      }
    }
  }

  @Test
  void saysWhatAnAddressLooksLike() throws Exception {
    config("9464");
    assertThat(bundle.run("validate", "--config", "c.yaml"))
        .isEqualTo(
            new Bundle.Outcome(
                78,
                "",
                "c.yaml:2: http.address must be host:port with a port up to 65535, such as"
                    + " 127.0.0.1:9464, was 9464\n"));
  }

  private static String addressOf(Running agent) throws Exception {
    Await.until(() -> LISTENS.matcher(agent.err()).find());
    Matcher found = LISTENS.matcher(agent.err());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static long value(String metrics, String sink, String term) {
    String series = "sessionbridge_sink_" + term + "{sink=\"" + sink + "\"} ";
    return metrics
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElse(-1);
  }

  private HttpResponse<String> get(String address, String path) throws Exception {
    URI uri = URI.create("http://" + address + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
