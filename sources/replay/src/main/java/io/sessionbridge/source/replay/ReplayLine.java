package io.sessionbridge.source.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.sessionbridge.config.Suggestion;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The content of a line by name, before it is interpreted. */
final class ReplayLine {

  /** Limits names, ids and addresses, so that an identity always fits in a journal record. */
  private static final int LONGEST_ATTRIBUTE = 1024;

  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<String> structures = new ArrayList<>();
  private final EventData.Builder fields = EventData.builder();
  private @Nullable EventData data;

  private ReplayLine() {}

  /**
   * Reads one JSON object.
   *
   * @throws EventFormatException if it is not one, or a field has an invalid value
   */
  static ReplayLine read(String text) throws EventFormatException {
    ReplayLine line = new ReplayLine();
    try (JsonParser json = EventJson.STRICT_FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new EventFormatException("expected a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        line.take(name, json);
      }
      if (json.nextToken() != null) {
        throw new EventFormatException("expected one JSON object, found more after it");
      }
      return line;
    } catch (IOException e) {
      throw new EventFormatException(JsonFault.describe(e));
    }
  }

  private void take(String name, JsonParser json) throws IOException, EventFormatException {
    if (name.equals("data") && json.currentToken() == JsonToken.START_OBJECT) {
      data = readData(json);
    } else if (Field.ofName(name).isPresent()) {
      readField(name, json, fields);
    } else if (json.currentToken().isStructStart()) {
      json.skipChildren();
      structures.add(name);
    } else if (json.currentToken() != JsonToken.VALUE_NULL) {
      putAttribute(name, json.getText());
    }
  }

  private void putAttribute(String name, String value) throws EventFormatException {
    if (value.length() > LONGEST_ATTRIBUTE || name.length() > LONGEST_ATTRIBUTE) {
      throw new EventFormatException(
          name.substring(0, Math.min(name.length(), 40))
              + " is longer than "
              + LONGEST_ATTRIBUTE
              + " characters");
    }
    attributes.put(name, value);
  }

  private static EventData readData(JsonParser json) throws IOException, EventFormatException {
    EventData.Builder builder = EventData.builder();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      readField(name, json, builder);
    }
    return withKind(builder);
  }

  private static void readField(String name, JsonParser json, EventData.Builder builder)
      throws IOException, EventFormatException {
    if (name.equals(Field.KIND.name()) && json.currentToken() == JsonToken.VALUE_STRING) {
      requireKind(json.getText());
    }
    try {
      EventJson.readField(name, json, builder);
    } catch (InputCoercionException e) {
      throw new EventFormatException(
          name + " must be between " + Long.MIN_VALUE + " and " + Long.MAX_VALUE);
    }
  }

  private static void requireKind(String text) throws EventFormatException {
    if (Kind.ofWireName(text).isEmpty()) {
      List<String> kinds = Stream.of(Kind.values()).map(Kind::wireName).toList();
      throw new EventFormatException(
          "kind '" + text + "' is unknown" + Suggestion.question(text, kinds));
    }
  }

  private static EventData withKind(EventData.Builder builder) throws EventFormatException {
    if (!builder.has(Field.KIND)) {
      throw new EventFormatException("kind is missing");
    }
    return builder.build();
  }

  /** Scalar values that are not fields, in the order of the line. */
  Map<String, String> attributes() {
    return attributes;
  }

  /** Names of non-scalar values other than the data of a CloudEvent. */
  List<String> structures() {
    return structures;
  }

  /** The fields at the top level. */
  EventData fields() throws EventFormatException {
    return withKind(fields);
  }

  /** The fields inside {@code data}. */
  Optional<EventData> data() {
    return Optional.ofNullable(data);
  }
}
