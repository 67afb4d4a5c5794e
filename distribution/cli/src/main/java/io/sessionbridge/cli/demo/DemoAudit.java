package io.sessionbridge.cli.demo;

import io.sessionbridge.cli.receivers.Arrival;
import io.sessionbridge.cli.receivers.FlatJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares the arrivals with the recorded file: detects duplicates by the event id, and finds each
 * line of the file by its content, including the time.
 */
final class DemoAudit {

  private final List<Map<String, String>> expected;

  private DemoAudit(List<Map<String, String>> expected) {
    this.expected = expected;
  }

  static DemoAudit of(Path recorded) throws IOException {
    List<Map<String, String>> expected = new ArrayList<>();
    for (String line : Files.readAllLines(recorded)) {
      if (!line.isBlank()) {
        expected.add(normal(FlatJson.read(line.getBytes(StandardCharsets.UTF_8))));
      }
    }
    return new DemoAudit(expected);
  }

  /** How many events the file has. */
  int events() {
    return expected.size();
  }

  DemoReport.Count count(List<Arrival> arrivals) {
    Set<String> ids = new HashSet<>();
    List<Map<String, String>> found = new ArrayList<>();
    int duplicates = 0;
    for (Arrival arrival : arrivals) {
      if (arrival.isOfTheAgent()) {
        continue;
      }
      if (ids.add(arrival.id())) {
        found.add(normal(arrival.content()));
      } else {
        duplicates++;
      }
    }
    int matched = 0;
    for (Map<String, String> line : expected) {
      matched += removeFirstThatHas(line, found) ? 1 : 0;
    }
    return new DemoReport.Count(matched, duplicates, found.size());
  }

  /** Times have several spellings. */
  private static Map<String, String> normal(Map<String, String> values) {
    Map<String, String> result = new TreeMap<>(values);
    result.computeIfPresent("time", (name, time) -> Instant.parse(time).toString());
    return result;
  }

  private static boolean removeFirstThatHas(
      Map<String, String> line, List<Map<String, String>> found) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).entrySet().containsAll(line.entrySet())) {
        found.remove(i);
        return true;
      }
    }
    return false;
  }
}
