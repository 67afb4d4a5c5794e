package io.sessionbridge.e2e.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Events in a file of lines. */
final class EventFile {

  private EventFile() {}

  /** All events in it; none if there is no such file. */
  static List<Received> read(Path file) throws IOException {
    List<Received> all = new ArrayList<>();
    if (Files.exists(file)) {
      try (var lines = Files.lines(file)) {
        lines.forEach(line -> Received.parse(line).ifPresent(all::add));
      }
    }
    return all;
  }
}
