package io.sessionbridge.ingest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.sessionbridge.event.EventJson;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The serialized form of a part of the checkpoint: {@code
 * {"host_id":"...","positions":{"<source>":"<base
 * 64>"},"passed":{"<source>":<sequence>},"seen":{"<source>":<seconds since 1970>}}}. Earlier
 * versions wrote neither {@code passed} nor {@code seen}.
 *
 * @param hostId of the run that wrote it
 * @param positions by source id
 * @param passed the sequence of the event that had the position, by source id
 * @param seen when the source was last configured, by source id
 * @param hasSequences false in a note of an earlier version
 */
record CheckpointNote(
    Optional<String> hostId,
    Map<String, byte[]> positions,
    Map<String, Long> passed,
    Map<String, Long> seen,
    boolean hasSequences) {

  /** The largest entry of a source: its id of 40 bytes three times, 1 KiB in base 64, numbers. */
  static final int MAX_ENTRY = 1_600;

  byte[] write() throws IOException {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder();
        JsonGenerator json = EventJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      if (hostId.isPresent()) {
        json.writeStringField("host_id", hostId.get());
      }
      json.writeObjectFieldStart("positions");
      for (Map.Entry<String, byte[]> position : positions.entrySet()) {
        json.writeBinaryField(position.getKey(), position.getValue());
      }
      json.writeEndObject();
      write("passed", passed, json);
      write("seen", seen, json);
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    }
  }

  private static void write(String name, Map<String, Long> numbers, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> number : numbers.entrySet()) {
      json.writeNumberField(number.getKey(), number.getValue());
    }
    json.writeEndObject();
  }

  /** Reads a note; it is empty in a new installation. */
  static CheckpointNote read(byte[] note) throws IOException {
    Optional<String> hostId = Optional.empty();
    Map<String, byte[]> positions = new HashMap<>();
    Map<String, Long> passed = new HashMap<>();
    Map<String, Long> seen = new HashMap<>();
    if (note.length == 0) {
      return new CheckpointNote(hostId, positions, passed, seen, true);
    }
    boolean hasSequences = false;
    try (JsonParser json = EventJson.FACTORY.createParser(note)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "host_id" -> hostId = Optional.of(json.getText());
          case "positions" -> readPositions(json, positions);
          case "passed" -> {
            hasSequences = true;
            readNumbers(json, passed);
          }
          case "seen" -> readNumbers(json, seen);
          default -> json.skipChildren();
        }
      }
    }
    return new CheckpointNote(hostId, positions, passed, seen, hasSequences);
  }

  private static void readPositions(JsonParser json, Map<String, byte[]> positions)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String source = json.currentName();
      json.nextToken();
      positions.put(source, json.getBinaryValue());
    }
  }

  private static void readNumbers(JsonParser json, Map<String, Long> numbers) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String source = json.currentName();
      json.nextToken();
      numbers.put(source, json.getLongValue());
    }
  }
}
