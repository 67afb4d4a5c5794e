package io.sessionbridge.siem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard asks for fields that the template maps, in panels that do not overlap. */
class GrafanaTest {

  private static final Path DASHBOARD = Path.of("src/main/siem/grafana/sessionbridge.json");
  private static final Path TEMPLATE = Path.of("src/main/siem/elastic/sessionbridge-mappings.json");
  private static final Pattern QUERIED = Pattern.compile("([a-z_.@]+):");
  private static final int WIDTH = 24;
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void everyFieldIsMapped() {
    JsonNode mappings = JSON.readTree(TEMPLATE.toFile()).at("/template/mappings/properties");
    int queries = 0;
    for (JsonNode panel : JSON.readTree(DASHBOARD.toFile()).get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        queries++;
        fields(target).forEach(field -> assertThat(type(mappings, field)).as(field).isNotEmpty());
      }
    }
    assertThat(queries).isEqualTo(10);
  }

  private static Set<String> fields(JsonNode target) {
    Set<String> fields = new HashSet<>();
    Matcher queried = QUERIED.matcher(target.get("query").asString());
    while (queried.find()) {
      fields.add(queried.group(1));
    }
    assertThat(fields).contains("event.provider");
    fields.add(target.get("timeField").asString());
    target.get("bucketAggs").forEach(each -> fields.add(each.get("field").asString()));
    target
        .get("metrics")
        .forEach(each -> each.optional("field").ifPresent(field -> fields.add(field.asString())));
    return fields;
  }

  private static String type(JsonNode mappings, String field) {
    String pointer = "/" + field.replace(".", "/properties/") + "/type";
    return mappings.at(pointer).asString("");
  }

  @Test
  void noPanelLiesOnAnother() {
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : JSON.readTree(DASHBOARD.toFile()).get("panels")) {
      JsonNode place = panel.get("gridPos");
      int right = place.get("x").asInt() + place.get("w").asInt();
      assertThat(right).isLessThanOrEqualTo(WIDTH);
      for (int x = place.get("x").asInt(); x < right; x++) {
        for (int y = 0; y < place.get("h").asInt(); y++) {
          assertThat(taken.add(x + " " + (y + place.get("y").asInt()))).as("%s", panel).isTrue();
        }
      }
    }
  }
}
