package io.sessionbridge.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What routes an event, read from the first fields of its canonical JSON. */
record EventHead(Kind kind, String hostId, @Nullable Long sessionId) {

  private static final byte[] KIND_FRONT = "{\"kind\":\"".getBytes(UTF_8);
  private static final byte[] HOST_FRONT = "\",\"host_id\":\"".getBytes(UTF_8);
  private static final byte[] SESSION_FRONT = "\",\"session_id\":".getBytes(UTF_8);

  /** So many always fit into a long. */
  private static final int MOST_DIGITS = 18;

  static EventHead of(EventData data) {
    String hostId = data.get(Field.HOST_ID);
    if (hostId == null) {
      throw new IllegalArgumentException("an event without a host_id: " + data);
    }
    return new EventHead(data.kind(), hostId, data.get(Field.SESSION_ID));
  }

  /** Reads no further than the third field, which is where the canonical order ends the head. */
  static EventHead read(byte[] json) throws EventFormatException {
    EventHead usual = readUsual(json);
    return usual == null ? parse(json) : usual;
  }

  /** The head as {@link EventJson} writes it, without escapes; null for everything else. */
  private static @Nullable EventHead readUsual(byte[] json) {
    int kindEnd = textEnd(KIND_FRONT, json, 0);
    int hostEnd = kindEnd < 0 ? -1 : textEnd(HOST_FRONT, json, kindEnd);
    if (hostEnd < 0) {
      return null;
    }
    Kind kind = Kind.ofWireName(json, KIND_FRONT.length, kindEnd).orElse(Kind.OTHER);
    int hostStart = kindEnd + HOST_FRONT.length;
    String hostId = RecentTexts.HOST_IDS.of(json, hostStart, hostEnd - hostStart);
    Long sessionId = null;
    if (startsWith(SESSION_FRONT, json, hostEnd)) {
      sessionId = number(json, hostEnd + SESSION_FRONT.length);
      if (sessionId == null) {
        return null;
      }
    }
    return new EventHead(kind, hostId, sessionId);
  }

  private static boolean startsWith(byte[] front, byte[] json, int at) {
    return at + front.length <= json.length
        && Arrays.equals(json, at, at + front.length, front, 0, front.length);
  }

  /** Where a text ends that has this in front and no escapes; -1 if it is none. */
  private static int textEnd(byte[] front, byte[] json, int at) {
    if (!startsWith(front, json, at)) {
      return -1;
    }
    for (int i = at + front.length; i < json.length && json[i] != '\\'; i++) {
      if (json[i] == '"') {
        return i;
      }
    }
    return -1;
  }

  /** The digits that stand there, if another field or the end follows. */
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
