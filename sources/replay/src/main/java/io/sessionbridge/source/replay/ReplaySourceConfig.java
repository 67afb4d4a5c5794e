package io.sessionbridge.source.replay;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * Configuration of a replay source.
 *
 * @param path the file, or {@link Key#STANDARD_STREAM}
 * @param speed recorded seconds per second; empty for as fast as possible
 * @param follow whether to wait for more lines at the end
 * @param rotated pattern of the names that rotated files get
 * @param onBadLine what to do with a line that is not an event
 */
record ReplaySourceConfig(
    Path path,
    Optional<Double> speed,
    boolean follow,
    Optional<String> rotated,
    OnBadLine onBadLine) {

  /** What to do with a line that is not an event. */
  enum OnBadLine {
    FAIL,
    SKIP
  }

  private static final Key<Path> PATH =
      Key.pathOrStandardStream("path").required("file of JSON lines, or \"-\" for standard input");
  private static final Key<Double> SPEED =
      Key.decimal("speed")
          .between(0.001, 1_000_000.0)
          .optional("1 = real time, 60 = an hour in a minute; absent = as fast as possible");
  private static final Key<Boolean> FOLLOW =
      Key.flag("follow")
          .orElse(false, "waits for more lines at the end of the file, and never finishes");
  private static final Key<String> ROTATED =
      Key.text("rotated")
          .optional("pattern of the rotated files' names in the same folder, such as day.jsonl*");
  private static final Key<OnBadLine> ON_BAD_LINE =
      Key.oneOf("on_bad_line", OnBadLine.class)
          .orElse(OnBadLine.FAIL, "fail = stop and name the line; skip = count it and continue");

  static final ConfigSpec<ReplaySourceConfig> SPEC =
      ConfigSpec.of(
          values -> {
            values.find(ROTATED).ifPresent(names -> checkRotated(names, values));
            return new ReplaySourceConfig(
                values.get(PATH),
                values.find(SPEED),
                values.get(FOLLOW),
                values.find(ROTATED),
                values.get(ON_BAD_LINE));
          },
          PATH,
          SPEED,
          FOLLOW,
          ROTATED,
          ON_BAD_LINE);

  private static void checkRotated(String names, ConfigValues values) {
    if (!values.get(FOLLOW)) {
      values.problem(ROTATED, "needs follow: true");
    }
    if (names.contains("/") || names.contains("\\")) {
      values.problem(ROTATED, "must be a pattern of names in the folder of path, was " + names);
      return;
    }
    try {
      matcher(names);
    } catch (PatternSyntaxException e) {
      values.problem(ROTATED, "must be a pattern like day.jsonl*, was " + names);
    }
  }

  static PathMatcher matcher(String names) {
    return FileSystems.getDefault().getPathMatcher("glob:" + names);
  }

  boolean isStandardInput() {
    return path.equals(Key.STANDARD_STREAM);
  }

  /** The name in messages. */
  String name() {
    Path file = path.getFileName();
    return isStandardInput() ? "standard input" : String.valueOf(file);
  }
}
