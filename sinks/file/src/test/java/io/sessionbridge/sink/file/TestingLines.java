package io.sessionbridge.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of a sink. */
final class TestingLines {

  private TestingLines() {}

  /**
   * The ids in the lines, which must all be whole JSON objects, except lines with blank sectors
   * from a power cut.
   */
  static List<String> ids(byte[] file) throws IOException {
    String text = new String(file, StandardCharsets.UTF_8);
    assertThat(text.isEmpty() || text.endsWith("\n")).as("ends with a whole line").isTrue();
    List<String> ids = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.indexOf('\0') < 0) {
        ids.add(id(line));
      }
    }
    return ids;
  }

  /** An event that cannot be a line. */
  static EncodedEvent noLine(TestingEvents from) {
    EncodedEvent event = from.next(1).get(0);
    byte[] lines = {'{', '\n', '}'};
    return new EncodedEvent(event.event(), lines, event.contentType(), event.attributes());
  }

  /** Whether a power cut left blank sectors in it. */
  static boolean isTorn(byte[] file) {
    for (byte one : file) {
      if (one == 0) {
        return true;
      }
    }
    return false;
  }

  private static String id(String line) throws IOException {
    String id = "";
    try (JsonParser json = EventJson.STRICT_FACTORY.createParser(line)) {
      while (json.nextToken() != null) {
        if ("id".equals(json.currentName())) {
          id = json.getText();
        }
      }
    }
    return id;
  }
}
