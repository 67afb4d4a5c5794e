package io.sessionbridge.format.siem;

import io.sessionbridge.event.SessionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The golden files as others get them. */
final class GoldenLines {

  private GoldenLines() {}

  /** All lines of a format, in the order of {@link #events}. */
  static List<String> of(SiemFormat format) {
    List<String> lines = new ArrayList<>();
    for (GoldenEvents situation : GoldenEvents.values()) {
      try {
        lines.addAll(Files.readAllLines(format.file(situation)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  static List<SessionEvent> events() {
    return Stream.of(GoldenEvents.values()).flatMap(each -> each.events().stream()).toList();
  }
}
