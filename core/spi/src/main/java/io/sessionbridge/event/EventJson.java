package io.sessionbridge.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * The canonical JSON form of {@link EventData}: a flat object in UTF-8, fields in declaration
 * order, no white space, times as {@link Rfc3339} formats them.
 */
public final class EventJson {

  /** Shared with the formats, so that all JSON is written and read by the same rules. */
  public static final JsonFactory FACTORY =
      new JsonFactoryBuilder().disable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** For external input: a duplicate field in an object is an error. */
  public static final JsonFactory STRICT_FACTORY =
      new JsonFactoryBuilder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** The fields' names by ordinal, escaped and encoded once because every event needs them. */
  private static final List<SerializedString> NAMES =
      Field.all().stream().map(field -> new SerializedString(field.name())).toList();

  private static final int LONGEST_SHOWN = 80;

  private EventJson() {}

  public static byte[] write(EventData data) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      writeFields(data, json);
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }

  private static void writeFields(EventData data, JsonGenerator json) throws IOException {
    for (int i = 0; i < NAMES.size(); i++) {
      Object value = data.at(i);
      if (value != null) {
        json.writeFieldName(NAMES.get(i));
        writeValue(value, json);
      }
    }
    for (Map.Entry<String, Object> other : data.others().entrySet()) {
      json.writeFieldName(other.getKey());
      writeValue(other.getValue(), json);
    }
  }

  private static void writeValue(Object value, JsonGenerator json) throws IOException {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Kind kind) {
      json.writeString(kind.wireName());
    } else if (value instanceof Instant time) {
      json.writeString(Rfc3339.format(time));
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(value.toString());
    }
  }

  /**
   * Reads data with its fields in any order, and keeps unknown fields.
   *
   * @throws EventFormatException if it is not a single flat JSON object with a known kind
   */
  public static EventData read(byte[] bytes) throws EventFormatException {
    try (JsonParser json = FACTORY.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new EventFormatException("expected a JSON object, found " + json.currentToken());
      }
      EventData data = readObject(json);
      if (json.nextToken() != null) {
        throw new EventFormatException("expected the end after the JSON object");
      }
      return data;
    } catch (IOException e) {
      throw new EventFormatException("not JSON: " + reason(e));
    }
  }

  /** Reads an object up to its closing brace; the parser is at its opening brace. */
  public static EventData readObject(JsonParser json) throws IOException, EventFormatException {
    EventData.Builder data = new EventData.Builder();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      readField(name, json, data);
    }
    if (!data.has(Field.KIND)) {
      throw new EventFormatException("kind is missing");
    }
    return data.build();
  }

  /**
   * Reads the value of one field at the parser's current token into the builder. A value with an
   * unknown name is kept; null counts as absent.
   */
  public static void readField(String name, JsonParser json, EventData.Builder data)
      throws IOException, EventFormatException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    Field<?> field = Field.ofName(name).orElse(null);
    if (field == null) {
      data.putOther(name, scalar(name, json));
      return;
    }
    putChecked(field, json, data);
  }

  private static <T> void putChecked(Field<T> field, JsonParser json, EventData.Builder data)
      throws IOException, EventFormatException {
    data.put(field, field.type().cast(value(field, json)));
  }

  private static Object value(Field<?> field, JsonParser json)
      throws IOException, EventFormatException {
    JsonToken token = json.currentToken();
    Class<?> type = field.type();
    if (type == Long.class && token == JsonToken.VALUE_NUMBER_INT) {
      return json.getLongValue();
    }
    if (type == Boolean.class && token.isBoolean()) {
      return json.getBooleanValue();
    }
    if (token == JsonToken.VALUE_STRING) {
      String text = json.getText();
      if (type == String.class) {
        return text;
      }
      if (type == Kind.class) {
        return Kind.ofWireName(text)
            .orElseThrow(() -> new EventFormatException("kind '" + text + "' is unknown"));
      }
      if (type == Instant.class) {
        return time(field.name(), text);
      }
    }
    throw new EventFormatException(
        field.name() + " must be " + describe(type) + ", was " + found(field, json));
  }

  /** As written in the input, quotation marks included; never a value that identifies a user. */
  private static String found(Field<?> field, JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> field.name().startsWith("user_") ? "text" : quoted(json.getText());
      default -> field.name().startsWith("user_") ? "a number or word" : json.getText();
    };
  }

  private static String quoted(String text) {
    String cut = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(cut)) + '"';
  }

  /** Reads a time; the field's name is for the error message. */
  public static Instant time(String name, String text) throws EventFormatException {
    try {
      return Rfc3339.parse(text);
    } catch (DateTimeException e) {
      throw new EventFormatException(
          hasNoZone(text)
              ? name + " \"" + text + "\" has no zone: append Z or an offset such as +01:00"
              : name + " must be a time like 2026-11-20T08:00:00.000000Z, was " + text);
    }
  }

  private static boolean hasNoZone(String text) {
    try {
      LocalDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Object scalar(String name, JsonParser json)
      throws IOException, EventFormatException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      default -> throw new EventFormatException(name + " must be a single value");
    };
  }

  private static String describe(Class<?> type) {
    if (type == Long.class) {
      return "a whole number";
    }
    return type == Boolean.class ? "true or false" : "text";
  }

  /** The parser's message without its source locations, which are useless for a single line. */
  public static String reason(IOException e) {
    String message =
        e instanceof JacksonException json ? json.getOriginalMessage() : String.valueOf(e);
    int place = String.valueOf(message).indexOf(" (start marker");
    return place < 0 ? String.valueOf(message) : message.substring(0, place);
  }
}
