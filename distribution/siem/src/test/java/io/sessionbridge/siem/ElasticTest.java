package io.sessionbridge.siem;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The component template maps every field of the format, and those of ECS as ECS does. */
class ElasticTest {

  private static final Path FOLDER = Path.of("src/main/siem/elastic");
  private static final Path ECS = Path.of("../../core/formats/src/test/resources/oracles/ecs.json");
  private static final String OWN = "sessionbridge.";
  private static final JsonMapper JSON = new JsonMapper();

  private static Map<String, String> mappings() {
    JsonNode template = JSON.readTree(FOLDER.resolve("sessionbridge-mappings.json").toFile());
    Map<String, String> types = new TreeMap<>();
    collect("", template.at("/template/mappings/properties"), types);
    return types;
  }

  private static void collect(String path, JsonNode properties, Map<String, String> types) {
    for (Map.Entry<String, JsonNode> each : properties.properties()) {
      String name = path + each.getKey();
      JsonNode mapping = each.getValue();
      if (mapping.has("properties")) {
        collect(name + ".", mapping.get("properties"), types);
      } else {
        types.put(name, mapping.get("type").asString());
      }
    }
  }

  private static void leaves(String path, JsonNode value, Set<String> names) {
    if (!value.isObject()) {
      names.add(path);
      return;
    }
    String front = path.isEmpty() ? "" : path + ".";
    value.properties().forEach(each -> leaves(front + each.getKey(), each.getValue(), names));
  }

  @Test
  void everyFieldOfEveryEventIsMapped() throws Exception {
    Set<String> names = new HashSet<>();
    for (String line : Corpus.all()) {
      leaves("", JSON.readTree(line), names);
    }
    assertThat(mappings().keySet()).containsAll(names);
  }

  @Test
  void whatIsOfEcsHasTheTypeOfEcs() {
    JsonNode ecs = JSON.readTree(ECS.toFile()).get("fields");
    mappings()
        .forEach(
            (name, type) -> {
              if (!name.startsWith(OWN)) {
                assertThat(ecs.at("/" + name + "/type").asString("no field of ECS"))
                    .as(name)
                    .isEqualTo(type);
              }
            });
  }

  /** Also those that no golden event has, and those that come with a new version. */
  @Test
  void everyFieldThatEcsHasNoNameForIsMapped() {
    Map<String, String> mappings = mappings();
    Set<Field<?>> ofEcs =
        Set.of(
            Field.KIND,
            Field.HOST_ID,
            Field.HOST_NAME,
            Field.HOST_FQDN,
            Field.HOST_DOMAIN,
            Field.BOOT_ID,
            Field.USER_NAME,
            Field.USER_DOMAIN,
            Field.USER_SID,
            Field.CLIENT_NAME,
            Field.REASON,
            Field.LOCAL_OFFSET);
    for (Field<?> field : Field.all()) {
      if (!ofEcs.contains(field)) {
        assertThat(mappings.get(OWN + field.name())).as(field.name()).isEqualTo(type(field));
      }
    }
  }

  private static String type(Field<?> field) {
    return switch (field.type().getSimpleName()) {
      case "Long" -> "long";
      case "Boolean" -> "boolean";
      case "Instant" -> "date";
      default -> "keyword";
    };
  }

  @Test
  void theIndexTemplateIsMadeOfTheComponent() {
    JsonNode index = JSON.readTree(FOLDER.resolve("sessionbridge-index-template.json").toFile());
    assertThat(index.at("/composed_of/0").asString()).isEqualTo("sessionbridge@mappings");
    assertThat(index.at("/index_patterns/0").asString()).isEqualTo("logs-sessionbridge.*-*");
  }
}
