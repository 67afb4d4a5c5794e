package io.sessionbridge.windows.access;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Somebody may change a file or folder.
 *
 * @param others their SIDs, in order
 */
record Finding(Path path, Set<String> others) {

  Finding {
    others = new TreeSet<>(others);
  }
}
