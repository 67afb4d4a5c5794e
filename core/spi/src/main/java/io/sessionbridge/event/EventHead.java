package io.sessionbridge.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What routes an event, read from the first fields of its canonical JSON. */
record EventHead(Kind kind, String hostId, @Nullable Long sessionId) {

  static EventHead of(EventData data) {
    String hostId = data.get(Field.HOST_ID);
    if (hostId == null) {
      throw new IllegalArgumentException("an event without a host_id: " + data);
    }
    return new EventHead(data.kind(), hostId, data.get(Field.SESSION_ID));
  }

  /** Reads no further than the third field, which is where the canonical order ends the head. */
  static EventHead read(byte[] json, int offset, int length) throws EventFormatException {
    try (JsonParser parser = EventJson.FACTORY.createParser(json, offset, length)) {
      parser.nextToken();
      Kind kind = Kind.ofWireName(text(parser, Field.KIND)).orElse(Kind.OTHER);
      String hostId = text(parser, Field.HOST_ID);
      boolean inSession = Field.SESSION_ID.name().equals(parser.nextFieldName());
      return new EventHead(kind, hostId, inSession ? parser.nextLongValue(0) : null);
    } catch (IOException e) {
      throw new EventFormatException("not JSON: " + EventJson.reason(e));
    }
  }

  private static String text(JsonParser parser, Field<?> field)
      throws IOException, EventFormatException {
    String name = parser.nextFieldName();
    if (!field.name().equals(name) || parser.nextToken() != JsonToken.VALUE_STRING) {
      throw new EventFormatException("expected " + field + " as text, found " + name);
    }
    return parser.getText();
  }
}
