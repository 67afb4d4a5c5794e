package io.sessionbridge.source.replay;

import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that may hold earlier lines.
 *
 * @param head its first bytes
 */
record RotatedFile(FileState state, byte[] head) {

  /**
   * Orders files by the time of writing: by modification time, then by the number in the name. A
   * short number counts rotations ({@code in.log.2} is older than {@code in.log.1}), a long one is
   * a date.
   */
  static final Comparator<RotatedFile> OLDEST_FIRST =
      Comparator.<RotatedFile>comparingLong(file -> file.state.modifiedMicros())
          .thenComparing(RotatedFile::byNumber)
          .thenComparing(RotatedFile::name);

  private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+)\\D*$");
  private static final int LONGEST_COUNT = 4;

  static RotatedFile read(FileState state, Storage storage)
      throws UnreadableException, IOException {
    try (StorageFile file = Tail.open(storage, state)) {
      return new RotatedFile(state, Sample.head(file));
    }
  }

  Path path() {
    return state.path();
  }

  private String name() {
    return String.valueOf(state.path().getFileName());
  }

  private static int byNumber(RotatedFile one, RotatedFile other) {
    String first = number(one);
    String second = number(other);
    int order =
        first.length() == second.length()
            ? first.compareTo(second)
            : Integer.compare(first.length(), second.length());
    boolean countsRotations = Math.max(first.length(), second.length()) <= LONGEST_COUNT;
    return countsRotations ? -order : order;
  }

  private static String number(RotatedFile file) {
    Matcher number = LAST_NUMBER.matcher(file.name());
    return number.find() ? number.group(1) : "";
  }

  /** Whether the file holds everything that was read up to the position. */
  boolean fits(ReplayPosition position, Storage storage) {
    if (state.size() < position.offset()) {
      return false;
    }
    try (StorageFile file = Tail.open(storage, state)) {
      return position.fits(file);
    } catch (UnreadableException | IOException e) {
      return false;
    }
  }

  /** Whether this is the earlier file, unchanged or with more content. */
  boolean continues(RotatedFile earlier) {
    return state.key().equals(earlier.state.key())
        && head.length >= earlier.head.length
        && Sample.beginAlike(head, earlier.head);
  }
}
