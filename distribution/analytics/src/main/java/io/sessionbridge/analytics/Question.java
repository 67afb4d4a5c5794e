package io.sessionbridge.analytics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A question that the program can answer; each is a file of SQL. */
enum Question {
  CONCURRENT_SESSIONS(1),
  LAB_USE(2),
  FIRST_AND_LAST(3),
  LOGON_TO_DESKTOP(4),
  WHO_IS_WHERE(5),
  LONG_LOCKED(6),
  OUTSIDE_HOURS(7),
  SEVERAL_HOSTS(8),
  SILENT_HOSTS(9),
  BATCH_HOURS(10);

  private static final String CHART = "-- chart: ";

  private final int number;

  Question(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** How it is called, such as {@code lab-use}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Finds one by its name or its number, from 1. */
  static Optional<Question> find(String text) {
    return Arrays.stream(values())
        .filter(one -> one.id().equals(text) || Integer.toString(one.number).equals(text))
        .findFirst();
  }

  String sql() {
    return SqlText.read("questions/" + id() + ".sql");
  }

  /** What it asks, in words. */
  String title() {
    String line = sql().lines().findFirst().orElseThrow();
    return line.substring(line.indexOf(". ") + 2);
  }

  /** How its answer is drawn: the kind, and the columns for it; empty if a table says more. */
  Optional<List<String>> chart() {
    return sql()
        .lines()
        .filter(line -> line.startsWith(CHART))
        .map(line -> List.of(line.substring(CHART.length()).split(" ", -1)))
        .findFirst();
  }
}
