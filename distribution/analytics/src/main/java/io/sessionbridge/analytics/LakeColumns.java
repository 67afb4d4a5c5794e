package io.sessionbridge.analytics;

import java.util.List;
import java.util.stream.Collectors;

/** The columns of a lake: those of the format {@code json}, and {@code source}. */
final class LakeColumns {

  /**
   * @param type as SQL has it: {@code VARCHAR}, {@code BIGINT} or {@code BOOLEAN}
   */
  record Column(String name, String type) {}

  static final List<Column> ALL =
      SqlText.read("columns.csv")
          .lines()
          .map(line -> line.split(",", -1))
          .map(parts -> new Column(parts[0], parts[1]))
          .toList();

  private LakeColumns() {}

  static String names() {
    return ALL.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** The columns for DuckDB's {@code read_json}, so that it neither guesses nor fails. */
  static String struct() {
    return ALL.stream()
        .map(column -> column.name() + ": " + SqlText.quoted(column.type()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
