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
 *     of those that it may have had before
 */
record OwnLines(List<byte[]> beginnings) {

  /** Of the formats that come with the agent: an operator may change the format of a sink. */
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
   * @param beginning what each line begins with, ASCII; empty if that is not known
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

  /** Whether the bytes are the beginning of a line of this sink, with the whole fixed part. */
  boolean begin(FileBytes bytes, long from, long to) throws IOException {
    return begin(bytes, from, to, false);
  }

  /** The same, also if the bytes end within the fixed part. */
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

  /** Whether the line is a whole event that lacks its line end alone, as an editor leaves it. */
  static boolean isWhole(byte[] line) throws IOException {
    if (line.length == 0 || line[line.length - 1] != '}') {
      return false;
    }
    try (JsonParser json = EventJson.FACTORY.createParser(line)) {
      while (json.nextToken() != null) {
        // until the end, or until it is no JSON
      }
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
