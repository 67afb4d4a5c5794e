package io.sessionbridge.format.siem;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every golden line is valid by the schemas of OCSF: of the version that it names, and of the
 * newest.
 */
class OcsfOracleTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static Map<Integer, Schema> schemas(String version) throws IOException {
    Map<Integer, Schema> schemas = new HashMap<>();
    String name = "/oracles/ocsf-" + version + ".json.gz";
    try (InputStream file = OcsfOracleTest.class.getResourceAsStream(name)) {
      JsonNode classes = JSON.readTree(new GZIPInputStream(file));
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
      classes
          .properties()
          .forEach(
              each ->
                  schemas.put(Integer.valueOf(each.getKey()), registry.getSchema(each.getValue())));
    }
    return schemas;
  }

  private static List<Error> errors(Map<Integer, Schema> schemas, JsonNode event) {
    return schemas.get(event.get("class_uid").asInt()).validate(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {OcsfFormat.VERSION, "1.8.0"})
  void everyGoldenLineIsValid(String version) throws IOException {
    Map<Integer, Schema> schemas = schemas(version);
    List<String> lines = GoldenLines.of(SiemFormat.OCSF);
    assertThat(lines).hasSize(GoldenLines.events().size());
    for (String line : lines) {
      assertThat(errors(schemas, JSON.readTree(line))).as(line).isEmpty();
    }
    assertThat(lines.stream().map(line -> JSON.readTree(line).get("class_uid").asInt()))
        .contains(0, 3002, 4005, 6002);
  }

  @Test
  void theOracleRefusesWhatIsNotOcsf() throws IOException {
    Map<Integer, Schema> schemas = schemas(OcsfFormat.VERSION);
    for (String broken : List.of("time", "user", "dst_endpoint")) {
      ObjectNode event = logon();
      event.remove(broken);
      assertThat(errors(schemas, event)).as(broken).isNotEmpty();
    }
    ObjectNode unknown = logon();
    unknown.put("no_attribute", 1);
    assertThat(errors(schemas, unknown)).isNotEmpty();
    ObjectNode activity = logon();
    activity.put("activity_id", 98);
    assertThat(errors(schemas, activity)).isNotEmpty();
    assertThat(errors(schemas, logon())).isEmpty();
  }

  @Test
  void theSchemaKnowsTheNamesOfTheClasses() throws IOException {
    Map<Integer, Schema> schemas = schemas(OcsfFormat.VERSION);
    for (OcsfClass each : OcsfClass.values()) {
      assertThat(schemas.get(each.uid()).getSchemaNode().get("title").asString())
          .isEqualTo(each.caption());
    }
  }

  private static ObjectNode logon() {
    return (ObjectNode) JSON.readTree(GoldenLines.of(SiemFormat.OCSF).get(0));
  }
}
