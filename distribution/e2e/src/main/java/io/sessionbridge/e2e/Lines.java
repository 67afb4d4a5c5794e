package io.sessionbridge.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Replay lines with a number in them, and how to find the numbers again. */
final class Lines {

  private static final Pattern NUMBER = Pattern.compile("\"user_name\":\"u(\\d+)\"");
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private Lines() {}

  /** About no session, so that each line is one event and nothing follows from it. */
  static String line(int number) {
    return "{\"time\":\"2026-11-20T08:00:00Z\",\"kind\":\"logon\",\"user_name\":\"u"
        + number
        + "\"}";
  }

  static Path write(Path file, int from, int to) throws IOException {
    return Files.write(file, lines(from, to));
  }

  static Path append(Path file, int from, int to) throws IOException {
    return Files.write(file, lines(from, to), StandardOpenOption.APPEND);
  }

  private static List<String> lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Lines::line).toList();
  }

  /** The numbers in a sink's file, in its order. */
  static List<Integer> numbers(Path file) throws IOException {
    return numbers(Files.readString(file));
  }

  static List<Integer> numbers(String text) {
    return NUMBER.matcher(text).results().map(found -> Integer.valueOf(found.group(1))).toList();
  }

  static List<String> ids(Path file) throws IOException {
    Matcher matcher = ID.matcher(Files.readString(file));
    return matcher.results().map(found -> found.group(1)).toList();
  }

  static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }
}
