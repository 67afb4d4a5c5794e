package io.sessionbridge.sink.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.sessionbridge.event.EventJson;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Recognizes the lines of this sink by their beginning.
 *
 * @param beginnings empty if the sink's format has no fixed beginning; else that of its format and
 *     of the formats that it may have had before
 */
record OwnLines(List<byte[]> beginnings) {

  /** The beginnings of all built-in formats, because the format of a sink may change. */
  private static final List<String> EARLIER =
      List.of(
          "{\"id\":\"",
          "{\"specversion\":\"1.0\",\"id\":\"",
          "{\"kind\":\"",
          "CEF:0|SessionBridge|SessionBridge|",
          "LEEF:2.0|SessionBridge|SessionBridge|",
          "{\"@timestamp\":\"",
          "{\"class_uid\":");

  /**
   * The lines of a format.
   *
   * @param beginning the ASCII beginning of each line; empty if unknown
   */
  static OwnLines beginningWith(String beginning) {
    Set<String> all = new LinkedHashSet<>();
    if (!beginning.isEmpty()) {
      all.add(beginning);
      all.addAll(EARLIER);
    }
    return new OwnLines(all.stream().map(text -> text.getBytes(US_ASCII)).toList());
  }

  boolean areKnown() {
    return !beginnings.isEmpty();
  }

  /** Whether the bytes start with the whole fixed beginning of a line of this sink. */
  boolean begin(FileBytes bytes, long from, long to) throws IOException {
    return begin(bytes, from, to, false);
  }

  /** The same, but the bytes may end within the fixed beginning. */
  boolean mayBegin(FileBytes bytes, long from, long to) throws IOException {
    return begin(bytes, from, to, true);
  }

  private boolean begin(FileBytes bytes, long from, long to, boolean part) throws IOException {
    for (byte[] beginning : beginnings) {
      int length = (int) Math.min(to - from, beginning.length);
      boolean enough = part || length == beginning.length;
      if (enough && matches(bytes, from, beginning, length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(FileBytes bytes, long from, byte[] beginning, int length)
      throws IOException {
    for (int i = length - 1; i >= 0; i--) {
      if (bytes.at(from + i) != beginning[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the line is a whole event without a line end, as some editors leave it. */
  static boolean isWhole(byte[] line) throws IOException {
    if (line.length == 0 || line[line.length - 1] != '}') {
      return false;
    }
    try (JsonParser json = EventJson.FACTORY.createParser(line)) {
      while (json.nextToken() != null) {
        // until the end or a syntax error
      }
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
