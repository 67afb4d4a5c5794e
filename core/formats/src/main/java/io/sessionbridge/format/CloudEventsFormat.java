package io.sessionbridge.format;

import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import java.util.List;

/** Structured mode: one JSON document with the attributes and, in {@code data}, the fields. */
final class CloudEventsFormat implements EventFormat {

  private static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

  @Override
  public String bodyBeginning() {
    return "{\"specversion\":\"1.0\",\"id\":\"";
  }

  @Override
  public EncodedEvent encode(SessionEvent event) {
    return new EncodedEvent(event, body(event), CONTENT_TYPE, List.of());
  }

  private static byte[] body(SessionEvent event) {
    JsonObjectBytes json = new JsonObjectBytes(event.json().length + 512);
    CloudEventAttribute.forEach(event, json::put);
    json.put("datacontenttype", SessionEvent.DATA_CONTENT_TYPE);
    json.putObject("data", event.json());
    return json.end();
  }
}
