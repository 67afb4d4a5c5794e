package io.sessionbridge.sink.file;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * The names of a file that rotates: {@code events.jsonl} becomes {@code
 * events-20261121T080000.123Z.jsonl}, by the time at which it was begun, so that the order of names
 * is the order of time. A file never changes its name, because somebody may be reading it.
 */
final class FileNames {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final String stem;
  private final String ending;
  private final Pattern own;

  FileNames(Path path) {
    Path parent = path.getParent();
    this.folder = parent == null ? Path.of(".") : parent;
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    this.stem = dot <= 0 ? name : name.substring(0, dot);
    this.ending = dot <= 0 ? "" : name.substring(dot);
    this.own =
        Pattern.compile(Pattern.quote(stem) + "-\\d{8}T\\d{6}\\.\\d{3}Z" + Pattern.quote(ending));
  }

  Path folder() {
    return folder;
  }

  Path at(Instant time) {
    return folder.resolve(stem + "-" + STAMP.format(time) + ending);
  }

  /** True for a file that was begun here, and for no other file in the folder. */
  boolean isOwn(Path file) {
    return own.matcher(String.valueOf(file.getFileName())).matches();
  }

  /** When the file was begun, by its name. */
  Instant begun(Path file) {
    String name = String.valueOf(file.getFileName());
    String stamp = name.substring(stem.length() + 1, name.length() - ending.length());
    return STAMP.parse(stamp, Instant::from);
  }
}
