package io.sessionbridge.control;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sessionbridge.event.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of the protocol: a JSON object. Its values are {@link String}, {@link Long}, {@link
 * Double}, {@link Boolean}, lists of these, and objects. Immutable.
 *
 * @param fields in their order; null values are left out
 */
public record JsonLine(Map<String, Object> fields) {

  private static final int MAX_DEPTH = 8;

  /** Builds an object; absent values are left out. */
  public static final class Builder {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    public Builder put(String name, Object value) {
      fields.put(name, value instanceof JsonLine line ? line.fields() : value);
      return this;
    }

    public Builder put(String name, Optional<?> value) {
      value.ifPresent(present -> put(name, present));
      return this;
    }

    public JsonLine build() {
      return new JsonLine(fields);
    }
  }

  public JsonLine {
    fields = new LinkedHashMap<>(fields);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** An object with one field. */
  public static JsonLine of(String name, Object value) {
    return builder().put(name, value).build();
  }

  /**
   * Reads an object.
   *
   * @throws ControlException if the text is not one object, is nested too deeply, or has trailing
   *     content
   */
  public static JsonLine parse(byte[] utf8) throws ControlException {
    try (JsonParser json = EventJson.STRICT_FACTORY.createParser(utf8)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new ControlException("a line must be a JSON object");
      }
      Map<String, Object> fields = object(json, 1);
      if (json.nextToken() != null) {
        throw new ControlException("a line must be one JSON object");
      }
      return new JsonLine(fields);
    } catch (JacksonException e) {
      throw new ControlException("a line must be a JSON object: " + e.getOriginalMessage());
    } catch (ControlException e) {
      throw e;
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }

  private static Map<String, Object> object(JsonParser json, int depth) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      Object value = value(json, json.nextToken(), depth);
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser json, JsonToken token, int depth)
      throws IOException {
    if (depth > MAX_DEPTH) {
      throw new ControlException("a line must not be nested more than " + MAX_DEPTH + " levels");
    }
    return switch (token) {
      case START_OBJECT -> object(json, depth + 1);
      case START_ARRAY -> list(json, depth + 1);
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static List<Object> list(JsonParser json, int depth) throws IOException {
    List<Object> items = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      Object item = value(json, token, depth);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(fields.get(name))
        .filter(String.class::isInstance)
        .map("%s"::formatted);
  }

  public Optional<Long> number(String name) {
    return fields.get(name) instanceof Long number ? Optional.of(number) : Optional.empty();
  }

  public Optional<Boolean> flag(String name) {
    return fields.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  /** The object with this name; an empty one if there is none. */
  public JsonLine object(String name) {
    return asLine(fields.get(name)).orElseGet(() -> new JsonLine(Map.of()));
  }

  /** The objects of a list; none if there is no list. */
  public List<JsonLine> objects(String name) {
    return fields.get(name) instanceof List<?> items
        ? items.stream().map(JsonLine::asLine).flatMap(Optional::stream).toList()
        : List.of();
  }

  /** The texts of a list; none if there is no list. */
  public List<String> texts(String name) {
    return fields.get(name) instanceof List<?> items
        ? items.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  private static Optional<JsonLine> asLine(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((name, content) -> fields.put(String.valueOf(name), content));
    return Optional.of(new JsonLine(fields));
  }

  /** In UTF-8, without a line terminator. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = EventJson.FACTORY.createGenerator(bytes)) {
      write(fields, out);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(Object value, JsonGenerator out) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeFieldName(String.valueOf(entry.getKey()));
        write(entry.getValue(), out);
      }
      out.writeEndObject();
    } else if (value instanceof JsonLine line) {
      write(line.fields(), out);
    } else if (value instanceof Iterable<?> items) {
      out.writeStartArray();
      for (Object item : items) {
        write(item, out);
      }
      out.writeEndArray();
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Double number) {
      out.writeNumber(number);
    } else if (value instanceof Number number) {
      out.writeNumber(number.longValue());
    } else {
      out.writeString(value.toString());
    }
  }

  @Override
  public String toString() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
