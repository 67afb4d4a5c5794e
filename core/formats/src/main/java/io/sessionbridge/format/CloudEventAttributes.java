package io.sessionbridge.format;

import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.event.SessionEvent;
import java.util.function.BiConsumer;

/** The CloudEvents attributes of an event, in one order for every format. */
final class CloudEventAttributes {

  private CloudEventAttributes() {}

  /** Tells each attribute but {@code datacontenttype}, which the formats place differently. */
  static void forEach(SessionEvent event, BiConsumer<String, String> attribute) {
    attribute.accept("specversion", "1.0");
    attribute.accept("id", event.id());
    attribute.accept("source", event.source());
    attribute.accept("type", event.type());
    event.subject().ifPresent(subject -> attribute.accept("subject", subject));
    attribute.accept("time", Rfc3339.format(event.time()));
    attribute.accept("recordedtime", Rfc3339.format(event.recordedTime()));
    attribute.accept("sequence", event.sequence());
    attribute.accept("partitionkey", event.partitionKey());
    attribute.accept("dataschema", SessionEvent.DATA_SCHEMA);
  }
}
