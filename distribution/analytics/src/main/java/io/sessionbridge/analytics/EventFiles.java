package io.sessionbridge.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Files with events, as an expression that DuckDB can read from. */
final class EventFiles {

  private static final String PARQUET = ".parquet";

  private EventFiles() {}

  /**
   * All columns of all files.
   *
   * @param patterns paths, which may hold {@code *} and {@code **}; those that end with {@code
   *     .parquet} are Parquet, all others lines of JSON, perhaps compressed
   */
  static String relation(List<String> patterns) {
    List<String> parquet = patterns.stream().filter(one -> one.endsWith(PARQUET)).toList();
    List<String> lines = patterns.stream().filter(one -> !one.endsWith(PARQUET)).toList();
    List<String> parts = new ArrayList<>();
    if (!lines.isEmpty()) {
      parts.add(
          "SELECT "
              + LakeColumns.names()
              + " FROM read_json("
              + list(lines)
              + ", format = 'newline_delimited', ignore_errors = true, columns = "
              + LakeColumns.struct()
              + ")");
    }
    if (!parquet.isEmpty()) {
      parts.add(
          "SELECT "
              + LakeColumns.names()
              + " FROM read_parquet("
              + list(parquet)
              + ", union_by_name = true, hive_partitioning = false)");
    }
    return "(" + String.join(" UNION ALL ", parts) + ")";
  }

  private static String list(List<String> patterns) {
    return patterns.stream().map(SqlText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }
}
