package io.sessionbridge.siem;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * pySigma converts each rule, and the query that it makes for SQLite finds the events that the rule
 * is for, and no other.
 */
class SigmaTest {

  /** Where pySigma and its backends are, if Python does not have them. */
  private static final String PACKAGES = "SESSIONBRIDGE_PYTHON_PACKAGES";

  private static final Path RULES = Path.of("src/main/siem/sigma");
  private static final JsonMapper JSON = new JsonMapper();

  /** What each rule says, once more. */
  private static final Map<String, Predicate<JsonNode>> MEANING =
      Map.of(
          "logon_outside_hours",
          event ->
              is(event, "logon")
                  && !Set.of("virtual", "service").contains(own(event, "account_type"))
                  && !own(event, "inferred").equals("true")
                  && isOutsideHours(event),
          "remote_takeover_of_console",
          event ->
              is(event, "remote_connect")
                  && own(event, "remote").equals("true")
                  && own(event, "logon_type").equals("interactive")
                  && event.at("/sessionbridge/last_disconnected_seconds").asInt(99) <= 60,
          "remote_control",
          event -> is(event, "remote_control") && !own(event, "remote_control").equals("false"),
          "gap",
          event -> is(event, "gap") && !event.at("/event/reason").asString("").equals("flood"),
          "flood",
          event -> is(event, "gap") && event.at("/event/reason").asString("").equals("flood"));

  /** The examples that each rule is for. */
  private static final Map<String, List<String>> MEANT =
      Map.of(
          "logon_outside_hours",
          List.of(
              "logon at five",
              "logon at eight in the evening",
              "logon at midnight",
              "logon on Sunday",
              "logon on Saturday, Friday in UTC"),
          "remote_takeover_of_console",
          List.of("console taken over", "console taken over a minute later"),
          "remote_control",
          List.of("shadowing begins", "shadowing changes"),
          "gap",
          List.of("log overwritten", "gap without a reason"),
          "flood",
          List.of("flood"));

  @TempDir private static Path folder;
  private static List<String> events = List.of();
  private static Map<String, JsonNode> results = Map.of();

  @BeforeAll
  static void convert() throws Exception {
    String python = RequiredTool.find("python3").toString();
    String backends = "import sigma.backends.elasticsearch, sigma.backends.sqlite";
    RequiredTool.require(
        run(List.of(python, "-c", backends + ", sigma.backends.splunk")) == 0,
        "this machine's python3 has no pySigma with its backends, see " + PACKAGES);
    events = Corpus.all();
    Path lines = Files.write(folder.resolve("events"), events);
    String script = Path.of("src/test/resources/check_sigma.py").toString();
    int code = run(List.of(python, "-W", "ignore", script, RULES.toString(), lines.toString()));
    assertThat(code).as(Files.readString(folder.resolve("err"))).isZero();
    results = new TreeMap<>();
    JSON.readTree(folder.resolve("out").toFile())
        .properties()
        .forEach(each -> results.put(each.getKey(), each.getValue()));
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    Map<String, String> environment = process.environment();
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    String packages = environment.get(PACKAGES);
    if (packages != null) {
      environment.put("PYTHONPATH", packages);
    }
    Process running = process.start();
    if (!running.waitFor(120, TimeUnit.SECONDS)) {
      running.destroyForcibly();
      throw new AssertionError(command + " did not end within 120 s");
    }
    return running.exitValue();
  }

  @Test
  void everyRuleIsChecked() {
    assertThat(results.keySet()).isEqualTo(MEANING.keySet()).isEqualTo(MEANT.keySet());
  }

  @Test
  void eachRuleFindsWhatItIsForAndNothingElse() {
    results.forEach(
        (rule, result) -> {
          Predicate<JsonNode> meaning = MEANING.get(rule);
          assertThat(found(result))
              .as(rule)
              .containsExactlyElementsOf(
                  events.stream().filter(line -> meaning.test(JSON.readTree(line))).toList());
        });
  }

  @Test
  void eachRuleFindsItsExamplesAndNoOther() {
    Map<String, String> examples = Corpus.examples();
    results.forEach(
        (rule, result) -> {
          List<String> found = found(result);
          List<String> names =
              examples.entrySet().stream()
                  .filter(example -> found.contains(example.getValue()))
                  .map(Map.Entry::getKey)
                  .toList();
          assertThat(names).as(rule).isEqualTo(MEANT.get(rule));
        });
  }

  /** What is shipped for those who have no pySigma. */
  @Test
  void theConvertedQueriesAreThoseOfTheRules() throws IOException {
    for (String backend : List.of("splunk", "elasticsearch")) {
      List<String> lines = new ArrayList<>();
      results.forEach((rule, result) -> lines.add(rule + ": " + result.get(backend).asString()));
      Path file = RULES.resolve("converted").resolve(backend + ".txt");
      if (Boolean.getBoolean("golden.write")) {
        Files.write(file, lines);
      }
      assertThat(Files.readAllLines(file)).isEqualTo(lines);
    }
  }

  private static List<String> found(JsonNode result) {
    List<String> found = new ArrayList<>();
    result.get("lines").forEach(line -> found.add(events.get(line.asInt())));
    return found;
  }

  private static boolean is(JsonNode event, String kind) {
    return event.at("/event/code").asString("").equals(kind);
  }

  private static String own(JsonNode event, String field) {
    JsonNode value = event.at("/sessionbridge/" + field);
    return value.isMissingNode() ? "" : value.asString();
  }

  private static boolean isOutsideHours(JsonNode event) {
    JsonNode offset = event.at("/event/timezone");
    if (offset.isMissingNode()) {
      return false;
    }
    OffsetDateTime local =
        OffsetDateTime.parse(event.get("@timestamp").asString())
            .withOffsetSameInstant(ZoneOffset.of(offset.asString()));
    return local.getHour() < 6
        || local.getHour() >= 20
        || local.getDayOfWeek() == DayOfWeek.SATURDAY
        || local.getDayOfWeek() == DayOfWeek.SUNDAY;
  }
}
