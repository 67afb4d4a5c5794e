package io.sessionbridge.format.siem;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.sessionbridge.event.Rfc3339;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every golden line has fields of ECS alone, of their types, with values that ECS allows. */
class EcsOracleTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String OWN = "sessionbridge.";

  /** Elasticsearch does not index a longer keyword ({@code ignore_above} of ECS). */
  private static final int LONGEST_KEYWORD = 1_024;

  private static JsonNode oracle;

  @BeforeAll
  static void readOracle() throws IOException {
    try (InputStream file = EcsOracleTest.class.getResourceAsStream("/oracles/ecs.json")) {
      oracle = JSON.readTree(file);
    }
  }

  @Test
  void theVersionIsThatOfTheOracle() {
    assertThat(oracle.get("version").asString()).isEqualTo(EcsFormat.VERSION);
  }

  @Test
  void everyFieldOfEveryGoldenLineIsOfEcs() {
    List<String> lines = GoldenLines.of(SiemFormat.ECS);
    assertThat(lines).hasSize(GoldenLines.events().size());
    for (String line : lines) {
      leaves(JSON.readTree(line)).forEach(EcsOracleTest::check);
    }
  }

  @Test
  void everyTypeIsExpectedOfEveryCategory() {
    for (String line : GoldenLines.of(SiemFormat.ECS)) {
      JsonNode event = JSON.readTree(line).get("event");
      for (JsonNode category : event.get("category")) {
        JsonNode types =
            oracle.get("fields").get("event.category").get("allowed").get(category.asString());
        for (JsonNode type : event.get("type")) {
          assertThat(types).as("%s of %s", type, category).contains(type);
        }
      }
    }
  }

  private static Map<String, JsonNode> leaves(JsonNode object) {
    Map<String, JsonNode> leaves = new TreeMap<>();
    collect("", object, leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, Map<String, JsonNode> leaves) {
    if (!node.isObject()) {
      leaves.put(path, node);
      return;
    }
    String front = path.isEmpty() ? "" : path + ".";
    node.properties().forEach(each -> collect(front + each.getKey(), each.getValue(), leaves));
  }

  private static void check(String name, JsonNode value) {
    if (name.startsWith(OWN)) {
      assertThat(value.isValueNode()).as(name).isTrue();
      return;
    }
    JsonNode field = oracle.get("fields").get(name);
    assertThat(field).as(name).isNotNull();
    assertThat(value.isArray()).as("%s is a list", name).isEqualTo(field.has("array"));
    if (!value.isArray()) {
      check(name, value, field);
      return;
    }
    assertThat(value.isEmpty()).as(name).isFalse();
    value.forEach(item -> check(name, item, field));
  }

  private static void check(String name, JsonNode value, JsonNode field) {
    switch (field.get("type").asString()) {
      case "long" -> assertThat(value.isIntegralNumber()).as(name).isTrue();
      case "ip" -> assertThat(InetAddresses.isInetAddress(value.asString())).as(name).isTrue();
      case "date" ->
          assertThat(Rfc3339.format(Rfc3339.parse(value.asString()))).isEqualTo(value.asString());
      case "match_only_text" -> assertThat(value.asString()).as(name).isNotEmpty();
      case "keyword", "wildcard" -> {
        assertThat(value.isString()).as(name).isTrue();
        assertThat(value.asString()).as(name).hasSizeBetween(1, LONGEST_KEYWORD);
      }
      default -> throw new AssertionError(name + " is a " + field.get("type"));
    }
    if (field.has("allowed")) {
      assertThat(field.get("allowed").has(value.asString())).as("%s %s", name, value).isTrue();
    }
  }
}
