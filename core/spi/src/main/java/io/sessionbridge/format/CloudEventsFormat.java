package io.sessionbridge.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Structured mode: one JSON document with the attributes and, in {@code data}, the fields. */
final class CloudEventsFormat implements EventFormat {

  private static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

  @Override
  public EncodedEvent encode(SessionEvent event) {
    return new EncodedEvent(event, body(event), CONTENT_TYPE, List.of());
  }

  private static byte[] body(SessionEvent event) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(event.json().length + 512);
        JsonGenerator json = EventJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      CloudEventAttributes.forEach(event, (name, value) -> write(json, name, value));
      json.writeStringField("datacontenttype", SessionEvent.DATA_CONTENT_TYPE);
      json.writeFieldName("data");
      json.writeRawValue(new String(event.json(), StandardCharsets.UTF_8));
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }

  private static void write(JsonGenerator json, String name, String value) {
    try {
      json.writeStringField(name, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }
}
