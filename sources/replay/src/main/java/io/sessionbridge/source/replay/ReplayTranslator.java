package io.sessionbridge.source.replay;

import io.sessionbridge.config.Suggestion;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Translates a line: a flat object with a time and fields, or a structured CloudEvent of
 * SessionBridge. A line with both {@code id} and {@code source} keeps its identity. Pure.
 */
final class ReplayTranslator {

  private static final String OWN_TYPE = "io.sessionbridge.";

  /** Names in the flat form besides the fields; all but the time belong to the former identity. */
  private static final Set<String> BESIDE_FIELDS =
      Set.of("time", "id", "source", "recordedtime", "sequence");

  /** The two higher numbers, -2 and -1 of 32 bits, mean "any session" and "none". */
  private static final long LAST_SESSION = 0xFFFF_FFFDL;

  private ReplayTranslator() {}

  /**
   * Translates a line.
   *
   * @throws EventFormatException if it is not an event; the message says why
   */
  static Observation translate(String text) throws EventFormatException {
    ReplayLine line = ReplayLine.read(text);
    return line.attributes().containsKey("specversion") ? cloudEvent(line) : flat(line);
  }

  private static Observation flat(ReplayLine line) throws EventFormatException {
    List<String> unknown = new ArrayList<>(line.structures());
    line.attributes().keySet().stream()
        .filter(name -> !BESIDE_FIELDS.contains(name))
        .forEach(unknown::add);
    if (line.data().isPresent()) {
      unknown.add("data");
    }
    if (!unknown.isEmpty()) {
      String name = unknown.get(0);
      throw new EventFormatException(
          "unknown field " + name + Suggestion.question(name, knownNames()));
    }
    Map<String, String> attributes = line.attributes();
    Instant time = time("time", required("time", attributes));
    EventData fields = possible(line.fields());
    return attributes.containsKey("id") && attributes.containsKey("source")
        ? Observation.imported(time, fields, null, origin(attributes))
        : Observation.recorded(time, fields, null);
  }

  private static EventData possible(EventData data) throws EventFormatException {
    Long id = data.get(Field.SESSION_ID);
    if (id != null && (id < 0 || id > LAST_SESSION)) {
      throw new EventFormatException(
          "session_id must be between 0 and " + LAST_SESSION + ", was " + id);
    }
    return data;
  }

  private static List<String> knownNames() {
    return Stream.concat(
            BESIDE_FIELDS.stream().sorted(), Field.all().stream().map(field -> field.name()))
        .toList();
  }

  private static Observation cloudEvent(ReplayLine line) throws EventFormatException {
    Map<String, String> attributes = line.attributes();
    String type = required("type", attributes);
    if (!type.startsWith(OWN_TYPE)) {
      throw new EventFormatException("type " + type + " is not a type of SessionBridge");
    }
    EventData data =
        possible(line.data().orElseThrow(() -> new EventFormatException("data is missing")));
    Instant time = time("time", required("time", attributes));
    return Observation.imported(time, data, null, origin(attributes));
  }

  private static Origin origin(Map<String, String> attributes) throws EventFormatException {
    String recorded = attributes.get("recordedtime");
    return new Origin(
        required("id", attributes),
        required("source", attributes),
        Optional.ofNullable(attributes.get("sequence")),
        recorded == null ? Optional.empty() : Optional.of(time("recordedtime", recorded)));
  }

  private static Instant time(String name, String text) throws EventFormatException {
    return EventJson.time(name, text);
  }

  private static String required(String name, Map<String, String> attributes)
      throws EventFormatException {
    String value = attributes.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new EventFormatException(name + " is missing");
    }
    return value;
  }
}
