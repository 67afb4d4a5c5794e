package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.http.ListenAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One response of an agent's {@code /metrics}. */
final class Scrape {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Map<String, Double> values = new HashMap<>();
  private final Map<String, String> types = new TreeMap<>();
  private final Map<String, String> helps = new TreeMap<>();

  private Scrape(String text) {
    text.lines().forEach(this::take);
  }

  static Scrape of(ListenAddress address) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(address, "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    return new Scrape(answer.body());
  }

  static HttpResponse<String> get(ListenAddress address, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://" + address + path);
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private void take(String line) {
    List<String> words = List.of(line.split(" ", 4));
    if (line.startsWith("# TYPE ")) {
      types.put(words.get(2), words.get(3));
    } else if (line.startsWith("# HELP ")) {
      helps.put(words.get(2), words.get(3));
    } else {
      int end = line.lastIndexOf(' ');
      values.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
    }
  }

  /** The type by name. */
  Map<String, String> types() {
    return types;
  }

  String help(String name) {
    return helps.getOrDefault(name, "");
  }

  /** The name of the label of a metric, or {@code -}. */
  String label(String name) {
    return values.keySet().stream()
        .filter(series -> series.startsWith(name + "{"))
        .map(series -> series.substring(name.length() + 1, series.indexOf('=')))
        .findFirst()
        .orElse("-");
  }

  /** The value of a series, as text. */
  double value(String series) {
    Double value = values.get(series);
    assertThat(value).as(series).isNotNull();
    return value;
  }

  /** A term of a sink's balance. */
  long term(String sink, String term) {
    return (long) value("sessionbridge_sink_" + term + "{sink=\"" + sink + "\"}");
  }

  long accepted(String sink) {
    return term(sink, "accepted_events_total");
  }

  long delivered(String sink) {
    return term(sink, "delivered_events_total");
  }

  long rejected(String sink) {
    return term(sink, "rejected_events_total");
  }

  long lost(String sink) {
    return term(sink, "lost_events_total");
  }

  long pending(String sink) {
    return term(sink, "pending_events");
  }

  /** Checks the balance of each sink. */
  Scrape balanced(String... sinks) {
    for (String sink : sinks) {
      assertThat(
              delivered(sink)
                  + term(sink, "filtered_events_total")
                  + rejected(sink)
                  + lost(sink)
                  + pending(sink))
          .as("delivered + filtered + rejected + lost + pending of %s", sink)
          .isEqualTo(accepted(sink));
    }
    return this;
  }
}
