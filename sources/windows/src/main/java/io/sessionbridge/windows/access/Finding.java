package io.sessionbridge.windows.access;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file or folder that others can change.
 *
 * @param others their SIDs, in order
 */
record Finding(Path path, Set<String> others) {

  Finding {
    others = new TreeSet<>(others);
  }
}
