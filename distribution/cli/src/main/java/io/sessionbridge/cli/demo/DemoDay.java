package io.sessionbridge.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;

/** Replays the recorded day into a growing file. One thread. */
final class DemoDay {

  private final List<String> events;
  private final Path file;
  private int replayed;

  /** Starts with an empty file. */
  DemoDay(Path recorded, Path file) throws IOException {
    this.events =
        Files.readAllLines(recorded).stream().filter(Predicate.not(String::isBlank)).toList();
    this.file = Files.createFile(file);
  }

  Path file() {
    return file;
  }

  /** The number of recorded events. */
  int events() {
    return events.size();
  }

  /** The number of events replayed so far. */
  int replayed() {
    return replayed;
  }

  /** Replays the given number of events, or all that remain. */
  void replay(int more) throws IOException {
    int end = Math.min(events.size(), replayed + more);
    Files.write(file, events.subList(replayed, end), StandardOpenOption.APPEND);
    replayed = end;
  }
}
