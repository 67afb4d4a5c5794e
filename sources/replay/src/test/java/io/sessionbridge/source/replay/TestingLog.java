package io.sessionbridge.source.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * A log file that is rotated: {@code day.jsonl}, before that {@code day.jsonl.1} and so on. Each
 * change has a time of its own, so that nothing depends on how fine the clock of the disk is.
 */
final class TestingLog {

  private static final int MOST = 40;

  private final Path path;
  private Instant now = Instant.parse("2026-11-20T08:00:00Z");
  private int written;

  TestingLog(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  Path rotated(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  /** How many lines were written, to whatever file. */
  int written() {
    return written;
  }

  TestingLog append(int lines) throws IOException {
    return append(path, lines);
  }

  TestingLog append(Path file, int lines) throws IOException {
    new TestingFile(file).appendLines(written, written + lines);
    written += lines;
    touch(file);
    return this;
  }

  private void touch(Path file) throws IOException {
    now = now.plusSeconds(1);
    Files.setLastModifiedTime(file, FileTime.from(now));
  }

  /** Renames all; there is no file of the name then. */
  TestingLog rename() throws IOException {
    shift();
    Files.move(path, rotated(1));
    return this;
  }

  /** Copies the file and cuts it. */
  TestingLog copyAndCut() throws IOException {
    shift();
    Files.copy(path, rotated(1));
    touch(rotated(1));
    return cut();
  }

  TestingLog cut() throws IOException {
    Files.write(path, new byte[0]);
    touch(path);
    return this;
  }

  private void shift() throws IOException {
    Files.deleteIfExists(rotated(MOST));
    for (int i = MOST - 1; i > 0; i--) {
      if (Files.exists(rotated(i))) {
        Files.move(rotated(i), rotated(i + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
