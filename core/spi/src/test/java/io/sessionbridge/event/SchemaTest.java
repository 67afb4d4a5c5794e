package io.sessionbridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shipped schema matches the declarations in the code. */
class SchemaTest {

  @Test
  void hasEveryFieldAndKind() throws Exception {
    try (InputStream in = Field.class.getResourceAsStream("session-event-1.schema.json")) {
      String shipped = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(shipped).isEqualTo(expected());
    }
  }

  private static String expected() {
    String fields =
        Field.all().stream()
            .map(field -> "    \"" + field.name() + "\": " + type(field))
            .collect(Collectors.joining(",\n"));
    return """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "%s",
      "title": "The data of a SessionBridge event",
      "description": "A field is absent when unknown. Later versions only add optional fields.",
      "type": "object",
      "required": ["kind", "host_id"],
      "properties": {
    %s
      }
    }
    """
        .formatted(SessionEvent.DATA_SCHEMA, fields);
  }

  private static String type(Field<?> field) {
    if (field.type() == Kind.class) {
      return Stream.of(Kind.values())
          .map(kind -> "\"" + kind.wireName() + "\"")
          .collect(Collectors.joining(", ", "{\"enum\": [", "]}"));
    }
    if (field.type() == Long.class) {
      return "{\"type\": \"integer\"}";
    }
    if (field.type() == Boolean.class) {
      return "{\"type\": \"boolean\"}";
    }
    if (field.type() == Instant.class) {
      return "{\"type\": \"string\", \"format\": \"date-time\"}";
    }
    return "{\"type\": \"string\", \"minLength\": 1}";
  }
}
