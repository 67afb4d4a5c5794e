package io.sessionbridge.source.replay;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** A file of lines with their number in {@code raw_code}. */
final class TestingFile {

  private static final Instant FIRST = Instant.parse("2026-11-20T08:00:00Z");

  private final Path path;

  TestingFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** A line whose time is so many seconds after 8 o'clock. */
  static String line(int number) {
    return "{\"time\":\""
        + FIRST.plusSeconds(number)
        + "\",\"kind\":\"lock\",\"raw_code\":"
        + number
        + "}\n";
  }

  static int numberOf(Observation observation) {
    return Math.toIntExact(observation.data().get(Field.RAW_CODE));
  }

  TestingFile append(String text) throws IOException {
    Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return this;
  }

  TestingFile appendLines(int from, int to) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(line(i));
    }
    return append(lines.toString());
  }
}
