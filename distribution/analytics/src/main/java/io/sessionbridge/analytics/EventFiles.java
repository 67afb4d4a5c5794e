package io.sessionbridge.analytics;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Files with events, as an expression that DuckDB can read from. */
final class EventFiles {

  private static final String PARQUET = ".parquet";

  /** As DuckDB knows them. */
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[]");

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

  /** The message about a pattern without files: it names the folder that was looked into. */
  static String noMatch(String pattern) {
    int end = WILDCARD.matcher(pattern).results().findFirst().map(MatchResult::start).orElse(-1);
    String fixed = end < 0 ? pattern : pattern.substring(0, end);
    int slash = Math.max(fixed.lastIndexOf('/'), fixed.lastIndexOf(File.separatorChar));
    Path folder = Path.of(fixed.substring(0, slash + 1)).toAbsolutePath().normalize();
    return "no file matches --events "
        + pattern
        + ": the folder "
        + folder
        + (Files.isDirectory(folder) ? " has none" : " does not exist");
  }

  private static String list(List<String> patterns) {
    return patterns.stream().map(SqlText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }
}
