package io.sessionbridge.sink.file;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/**
 * The names of a file that rotates: {@code events.jsonl} becomes {@code
 * events-20261121T080000.123Z.jsonl}, by its start time, so that the order of names is the order of
 * time. A file is never renamed, because another program may be reading it.
 */
final class FileNames {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'")
          .withZone(ZoneOffset.UTC)
          .withResolverStyle(ResolverStyle.STRICT);

  private final Path folder;
  private final String beginning;
  private final String ending;

  FileNames(Path path) {
    this.folder = folderOf(path);
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    this.beginning = (dot <= 0 ? name : name.substring(0, dot)) + "-";
    this.ending = dot <= 0 ? "" : name.substring(dot);
  }

  /** The folder of a file. */
  static Path folderOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  Path folder() {
    return folder;
  }

  Path at(Instant time) {
    return folder.resolve(beginning + STAMP.format(time) + ending);
  }

  /** True for a file of this rotation, false for any other file in the folder. */
  boolean isOwn(Path file) {
    try {
      return at(startTime(file)).getFileName().equals(file.getFileName());
    } catch (DateTimeException e) {
      return false;
    }
  }

  /**
   * The start time of a file, from its name.
   *
   * @throws DateTimeException if the name is not one of this rotation
   */
  Instant startTime(Path file) {
    String name = String.valueOf(file.getFileName());
    int stampEnd = name.length() - ending.length();
    if (!name.startsWith(beginning) || !name.endsWith(ending) || stampEnd < beginning.length()) {
      throw new DateTimeException(name + " is not a name of " + beginning + "*" + ending);
    }
    return STAMP.parse(name.substring(beginning.length(), stampEnd), Instant::from);
  }
}
