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
 * The checkpoint's bytes: {@code {"host_id":"...","positions":{"<source>":"<base 64>"}}}.
 *
 * @param hostId of the run that wrote it
 * @param positions by source id
 */
record CheckpointNote(Optional<String> hostId, Map<String, byte[]> positions) {

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
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    }
  }

  /** Reads a note; an empty one is that of a new installation. */
  static CheckpointNote read(byte[] note) throws IOException {
    Optional<String> hostId = Optional.empty();
    Map<String, byte[]> positions = new HashMap<>();
    if (note.length == 0) {
      return new CheckpointNote(hostId, positions);
    }
    try (JsonParser json = EventJson.FACTORY.createParser(note)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        if (name.equals("host_id")) {
          hostId = Optional.of(json.getText());
        } else if (name.equals("positions")) {
          readPositions(json, positions);
        } else {
          json.skipChildren();
        }
      }
    }
    return new CheckpointNote(hostId, positions);
  }

  private static void readPositions(JsonParser json, Map<String, byte[]> positions)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String source = json.currentName();
      json.nextToken();
      positions.put(source, json.getBinaryValue());
    }
  }
}
