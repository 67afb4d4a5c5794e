package io.sessionbridge.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;

/** The recorded day as it happens again: a file that grows. One thread. */
final class DemoDay {

  private final List<String> events;
  private final Path file;
  private int happened;

  /** Begins with an empty file. */
  DemoDay(Path recorded, Path file) throws IOException {
    this.events =
        Files.readAllLines(recorded).stream().filter(Predicate.not(String::isBlank)).toList();
    this.file = Files.createFile(file);
  }

  Path file() {
    return file;
  }

  /** All that were recorded. */
  int events() {
    return events.size();
  }

  /** Those that have happened again. */
  int happened() {
    return happened;
  }

  /** Lets so many more happen, or all that are left. */
  void happen(int more) throws IOException {
    int end = Math.min(events.size(), happened + more);
    Files.write(file, events.subList(happened, end), StandardOpenOption.APPEND);
    happened = end;
  }
}
