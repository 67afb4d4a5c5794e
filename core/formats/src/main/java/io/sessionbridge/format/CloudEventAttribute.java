package io.sessionbridge.format;

import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.event.SessionEvent;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A CloudEvents attribute of an event, in one order for every format: all but {@code
 * datacontenttype}, which the formats place differently.
 */
enum CloudEventAttribute {
  SPECVERSION,
  ID,
  SOURCE,
  TYPE,
  SUBJECT,
  TIME,
  RECORDEDTIME,
  SEQUENCE,
  PARTITIONKEY,
  DATASCHEMA;

  private static final List<CloudEventAttribute> ALL = List.of(values());
  private static final List<CloudEventAttribute> WITHOUT_SUBJECT =
      Stream.of(values()).filter(attribute -> attribute != SUBJECT).toList();

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The attributes that the event has. */
  static List<CloudEventAttribute> of(SessionEvent event) {
    return event.hasSubject() ? ALL : WITHOUT_SUBJECT;
  }

  /** Passes on the name and the value of each attribute that the event has. */
  static void forEach(SessionEvent event, BiConsumer<String, String> attributes) {
    for (CloudEventAttribute attribute : of(event)) {
      attributes.accept(attribute.wireName, attribute.value(event));
    }
  }

  String wireName() {
    return wireName;
  }

  /** The value for an event that has this attribute. */
  String value(SessionEvent event) {
    return switch (this) {
      case SPECVERSION -> "1.0";
      case ID -> event.id();
      case SOURCE -> event.source();
      case TYPE -> event.type();
      case SUBJECT -> event.subject().orElseThrow();
      case TIME -> Rfc3339.format(event.time());
      case RECORDEDTIME -> Rfc3339.format(event.recordedTime());
      case SEQUENCE -> event.sequence();
      case PARTITIONKEY -> event.partitionKey();
      case DATASCHEMA -> SessionEvent.DATA_SCHEMA;
    };
  }
}
