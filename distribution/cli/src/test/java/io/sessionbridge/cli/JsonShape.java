package io.sessionbridge.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The names in a JSON document and what kind of value each has, without the values. */
final class JsonShape {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonShape() {}

  /** Kinds by dotted name; the elements of a list are below {@code name[]}. */
  static Map<String, String> of(byte[] document) throws IOException {
    Map<String, String> kinds = new TreeMap<>();
    try (JsonParser json = JSON.createParser(document)) {
      walk(json, json.nextToken(), "", kinds);
    }
    return kinds;
  }

  private static void walk(JsonParser json, JsonToken at, String path, Map<String, String> kinds)
      throws IOException {
    if (!path.isEmpty()) {
      kinds.put(path, kind(at));
    }
    if (at == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        walk(json, json.currentToken(), path + "[]", kinds);
      }
    }
    if (at == JsonToken.START_OBJECT) {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        walk(json, json.nextToken(), path.isEmpty() ? name : path + "." + name, kinds);
      }
    }
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "object";
      case START_ARRAY -> "list";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
      case VALUE_TRUE, VALUE_FALSE -> "flag";
      default -> token.name();
    };
  }
}
