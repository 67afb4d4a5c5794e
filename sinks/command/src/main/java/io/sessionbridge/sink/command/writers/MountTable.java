package io.sessionbridge.sink.command.writers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mounts of this process, from {@code /proc/self/mountinfo} (proc(5)). Several file systems may
 * be mounted at one place; only the last one is visible, such as a share over its automount. A
 * mount over another also hides the mounts inside that. Both follow from the parents of the mounts.
 */
record MountTable(List<Mount> mounts) {

  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/mountinfo");
  private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");
  private static final int PLACE_AT = 4;

  /**
   * A line of the table.
   *
   * @param id its number
   * @param parent the number of the mount that contains it
   * @param place its path
   * @param type of its file system
   */
  record Mount(String id, String parent, Path place, String type) {}

  MountTable {
    mounts = List.copyOf(mounts);
  }

  /** The current table. */
  static MountTable ofThisProcess() throws IOException {
    return of(Files.readAllLines(OF_THIS_PROCESS));
  }

  /**
   * Parses the lines of the file.
   *
   * @throws IOException if a line is malformed
   */
  static MountTable of(List<String> lines) throws IOException {
    List<Mount> mounts = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      int dash = List.of(words).indexOf("-");
      if (dash <= PLACE_AT || dash + 1 >= words.length) {
        throw new IOException(OF_THIS_PROCESS + " has an unexpected line: " + line);
      }
      mounts.add(
          new Mount(words[0], words[1], Path.of(unescaped(words[PLACE_AT])), words[dash + 1]));
    }
    return new MountTable(mounts);
  }

  /** A blank in a name is written as an octal number. */
  private static String unescaped(String word) {
    return ESCAPED
        .matcher(word)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 8))));
  }

  /**
   * The type of the file system that a place is on.
   *
   * @param place absolute, without links in it
   * @throws IOException if the table does not show it
   */
  String type(Path place) throws IOException {
    Set<String> ids = new HashSet<>();
    mounts.forEach(mount -> ids.add(mount.id()));
    Optional<Mount> seen = Optional.empty();
    for (int names = 0; names <= place.getNameCount(); names++) {
      Path folder = place.getRoot();
      if (names > 0) {
        folder = folder.resolve(place.subpath(0, names));
      }
      Optional<Mount> next = mountedAt(folder, seen, ids);
      while (next.isPresent()) {
        seen = next;
        next = mountedAt(folder, seen, ids);
      }
    }
    return seen.map(Mount::type)
        .orElseThrow(() -> new IOException(OF_THIS_PROCESS + " has no mount for it"));
  }

  /**
   * The last mount at a folder whose parent is the mount seen so far; the first one has a parent
   * outside of the table.
   */
  private Optional<Mount> mountedAt(Path folder, Optional<Mount> seen, Set<String> ids) {
    return mounts.stream()
        .filter(mount -> mount.place().equals(folder))
        .filter(mount -> !seen.equals(Optional.of(mount)))
        .filter(
            mount ->
                seen.isPresent()
                    ? mount.parent().equals(seen.get().id())
                    : !ids.contains(mount.parent()) || mount.parent().equals(mount.id()))
        .reduce((first, last) -> last);
  }
}
