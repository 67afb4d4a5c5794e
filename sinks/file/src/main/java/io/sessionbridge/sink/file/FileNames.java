package io.sessionbridge.sink.file;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/**
 * The names of a file that rotates: {@code events.jsonl} becomes {@code
 * events-20261121T080000.123Z.jsonl}, by the time at which it was begun, so that the order of names
 * is the order of time. A file never changes its name, because somebody may be reading it.
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

  /** The folder that a file stands in. */
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

  /** True for a file that was begun here, and for no other file in the folder. */
  boolean isOwn(Path file) {
    try {
      return at(begun(file)).getFileName().equals(file.getFileName());
    } catch (DateTimeException e) {
      return false;
    }
  }

  /**
   * When the file was begun, by its name.
   *
   * @throws DateTimeException if it is none of these files
   */
  Instant begun(Path file) {
    String name = String.valueOf(file.getFileName());
    int stampEnd = name.length() - ending.length();
    if (!name.startsWith(beginning) || !name.endsWith(ending) || stampEnd < beginning.length()) {
      throw new DateTimeException(name + " is not a name of " + beginning + "*" + ending);
    }
    return STAMP.parse(name.substring(beginning.length(), stampEnd), Instant::from);
  }
}
