package io.sessionbridge.source.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sessionbridge.config.Suggestion;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Origin;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a line means: a flat object with a time and fields, or a structured CloudEvent of
 * SessionBridge, which keeps its identity. Pure.
 */
final class ReplayTranslator {

  private static final String CLOUD_EVENT = "specversion";
  private static final String OWN_TYPE = "io.sessionbridge.";

  /** What stands beside the fields in the flat form; all but the time is the former agent's. */
  private static final Set<String> BESIDE_FIELDS = Set.of("time", "id", "recordedtime", "sequence");

  /** What was found in a line. */
  private static final class Found {
    private final Map<String, String> attributes = new HashMap<>();
    private final List<String> unknown = new ArrayList<>();
    private final EventData.Builder fields = EventData.builder();
    private @Nullable EventData data;

    String require(String name) throws EventFormatException {
      String value = attributes.get(name);
      if (value == null) {
        throw new EventFormatException(name + " is missing");
      }
      return value;
    }

    Instant time() throws EventFormatException {
      return EventJson.time("time", require("time"));
    }
  }

  private ReplayTranslator() {}

  /**
   * Translates a line.
   *
   * @throws EventFormatException if it is no event; the message says why
   */
  static Observation translate(byte[] line) throws EventFormatException {
    Found found = read(line);
    return found.attributes.containsKey(CLOUD_EVENT) ? cloudEvent(found) : flat(found);
  }

  private static Found read(byte[] line) throws EventFormatException {
    Found found = new Found();
    try (JsonParser json = EventJson.STRICT_FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new EventFormatException("expected a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        take(name, json, found);
      }
      if (json.nextToken() != null) {
        throw new EventFormatException("expected one JSON object, found more behind it");
      }
      return found;
    } catch (IOException e) {
      throw new EventFormatException("not JSON: " + EventJson.reason(e));
    }
  }

  private static void take(String name, JsonParser json, Found found)
      throws IOException, EventFormatException {
    if (name.equals("data") && json.currentToken() == JsonToken.START_OBJECT) {
      found.data = EventJson.readObject(json);
    } else if (Field.ofName(name).isPresent()) {
      EventJson.readField(name, json, found.fields);
    } else if (json.currentToken().isScalarValue()) {
      found.attributes.put(name, json.getText());
    } else {
      json.skipChildren();
      found.unknown.add(name);
    }
  }

  private static Observation flat(Found found) throws EventFormatException {
    for (String name : found.attributes.keySet()) {
      if (!BESIDE_FIELDS.contains(name)) {
        found.unknown.add(name);
      }
    }
    if (!found.unknown.isEmpty()) {
      String name = found.unknown.get(0);
      throw new EventFormatException(name + " " + Suggestion.forUnknown(name, fieldNames()));
    }
    if (!found.fields.has(Field.KIND)) {
      throw new EventFormatException("kind is missing");
    }
    return Observation.recorded(found.time(), found.fields.build(), null);
  }

  private static List<String> fieldNames() {
    List<String> names = new ArrayList<>(List.of("time"));
    Field.all().forEach(field -> names.add(field.name()));
    return names;
  }

  private static Observation cloudEvent(Found found) throws EventFormatException {
    String type = found.require("type");
    EventData data = found.data;
    if (!type.startsWith(OWN_TYPE)) {
      throw new EventFormatException("type " + type + " is none of SessionBridge's");
    }
    if (data == null) {
      throw new EventFormatException("data is missing");
    }
    String recorded = found.attributes.get("recordedtime");
    Optional<Instant> recordedTime =
        recorded == null ? Optional.empty() : Optional.of(EventJson.time("recordedtime", recorded));
    Origin origin =
        new Origin(
            found.require("id"),
            found.require("source"),
            Optional.ofNullable(found.attributes.get("sequence")),
            recordedTime);
    return Observation.imported(found.time(), data, null, origin);
  }
}
