package io.sessionbridge.format.siem;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object built from paths. Null values and empty objects are omitted. */
final class JsonTree {

  private final Map<String, Object> members = new LinkedHashMap<>();

  /**
   * Adds a value; nothing if it is null.
   *
   * @param path names separated by dots, for instance {@code event.action}
   * @param value text, {@link Long}, {@link Integer}, {@link Double}, {@link Boolean} or a list of
   *     texts
   */
  void put(String path, @Nullable Object value) {
    if (value == null) {
      return;
    }
    JsonTree object = this;
    int start = 0;
    for (int point = path.indexOf('.'); point >= 0; point = path.indexOf('.', start)) {
      object = object.child(path.substring(start, point));
      start = point + 1;
    }
    object.members.put(path.substring(start), value);
  }

  /** The object with that name; a dot is part of the name. */
  JsonTree child(String name) {
    return (JsonTree) members.computeIfAbsent(name, unused -> new JsonTree());
  }

  /** Adds a value unless the name is taken; a dot is part of the name. */
  void putMember(String name, Object value) {
    members.putIfAbsent(name, value);
  }

  /** Encodes the object as the body of an event. Such a body must not be truncated. */
  EncodedEvent toBody(SessionEvent event) {
    return new EncodedEvent(event, toBytes(), "application/json", List.of(), false);
  }

  private byte[] toBytes() {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(1_024);
        JsonGenerator json = EventJson.FACTORY.createGenerator(bytes)) {
      write(json);
      json.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> member : members.entrySet()) {
      json.writeFieldName(member.getKey());
      write(member.getValue(), json);
    }
    json.writeEndObject();
  }

  private static void write(Object value, JsonGenerator json) throws IOException {
    if (value instanceof JsonTree object) {
      object.write(json);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(item, json);
      }
      json.writeEndArray();
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(value.toString());
    }
  }
}
