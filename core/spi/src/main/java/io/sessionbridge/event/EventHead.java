package io.sessionbridge.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The routing fields of an event, read from the start of its canonical JSON. */
record EventHead(Kind kind, String hostId, @Nullable Long sessionId) {

  private static final byte[] KIND_PREFIX = "{\"kind\":\"".getBytes(UTF_8);
  private static final byte[] HOST_PREFIX = "\",\"host_id\":\"".getBytes(UTF_8);
  private static final byte[] SESSION_PREFIX = "\",\"session_id\":".getBytes(UTF_8);

  /** Numbers of this length always fit into a long. */
  private static final int MOST_DIGITS = 18;

  static EventHead of(EventData data) {
    String hostId = data.get(Field.HOST_ID);
    if (hostId == null) {
      throw new IllegalArgumentException("an event without a host_id: " + data);
    }
    return new EventHead(data.kind(), hostId, data.get(Field.SESSION_ID));
  }

  /** Reads at most three fields: in canonical order they come first. */
  static EventHead read(byte[] json) throws EventFormatException {
    EventHead head = readFast(json);
    return head == null ? parse(json) : head;
  }

  /** Reads the head as {@link EventJson} writes it, without escapes; null for any other form. */
  private static @Nullable EventHead readFast(byte[] json) {
    int kindEnd = textEnd(KIND_PREFIX, json, 0);
    int hostEnd = kindEnd < 0 ? -1 : textEnd(HOST_PREFIX, json, kindEnd);
    if (hostEnd < 0) {
      return null;
    }
    Kind kind = Kind.ofWireName(json, KIND_PREFIX.length, kindEnd).orElse(Kind.OTHER);
    int hostStart = kindEnd + HOST_PREFIX.length;
    String hostId = RecentTexts.HOST_IDS.of(json, hostStart, hostEnd - hostStart);
    Long sessionId = null;
    if (startsWith(SESSION_PREFIX, json, hostEnd)) {
      sessionId = number(json, hostEnd + SESSION_PREFIX.length);
      if (sessionId == null) {
        return null;
      }
    }
    return new EventHead(kind, hostId, sessionId);
  }

  private static boolean startsWith(byte[] prefix, byte[] json, int at) {
    return at + prefix.length <= json.length
        && Arrays.equals(json, at, at + prefix.length, prefix, 0, prefix.length);
  }

  /** The end of the string after this prefix; -1 if the prefix is missing or there are escapes. */
  private static int textEnd(byte[] prefix, byte[] json, int at) {
    if (!startsWith(prefix, json, at)) {
      return -1;
    }
    for (int i = at + prefix.length; i < json.length && json[i] != '\\'; i++) {
      if (json[i] == '"') {
        return i;
      }
    }
    return -1;
  }

  /** The number at this position; null unless another field or the end follows it. */
  private static @Nullable Long number(byte[] json, int at) {
    long number = 0;
    for (int i = at; i < json.length && i - at <= MOST_DIGITS; i++) {
      if (i > at && (json[i] == ',' || json[i] == '}')) {
        return number;
      }
      int digit = json[i] - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      number = number * 10 + digit;
    }
    return null;
  }

  private static EventHead parse(byte[] json) throws EventFormatException {
    try (JsonParser parser = EventJson.FACTORY.createParser(json)) {
      parser.nextToken();
      Kind kind = Kind.ofWireName(text(parser, Field.KIND)).orElse(Kind.OTHER);
      String hostId = text(parser, Field.HOST_ID);
      boolean inSession = Field.SESSION_ID.name().equals(parser.nextFieldName());
      return new EventHead(kind, hostId, inSession ? parser.nextLongValue(0) : null);
    } catch (IOException e) {
      throw new EventFormatException("not JSON: " + EventJson.reason(e));
    }
  }

  private static String text(JsonParser parser, Field<?> field)
      throws IOException, EventFormatException {
    String name = parser.nextFieldName();
    if (!field.name().equals(name) || parser.nextToken() != JsonToken.VALUE_STRING) {
      throw new EventFormatException("expected " + field + " as text, found " + name);
    }
    return parser.getText();
  }
}
