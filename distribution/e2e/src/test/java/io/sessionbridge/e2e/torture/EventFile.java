package io.sessionbridge.e2e.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Events in a file of lines. */
final class EventFile {

  private EventFile() {}

  /** The first of each event in it; none if there is no such file. */
  static List<Received> read(Path file) throws IOException {
    Set<Received> all = new LinkedHashSet<>();
    if (Files.exists(file)) {
      try (var lines = Files.lines(file)) {
        lines.forEach(line -> Received.parse(line).ifPresent(all::add));
      }
    }
    return List.copyOf(all);
  }
}
