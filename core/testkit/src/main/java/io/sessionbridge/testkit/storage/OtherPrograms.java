package io.sessionbridge.testkit.storage;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Files that other programs have open, as a virus scanner or a backup has on Windows. */
final class OtherPrograms {

  private static final String IN_USE =
      "The process cannot access the file because it is being used by another process";

  private final Set<Path> held = new HashSet<>();
  private final Set<Path> locked = new HashSet<>();

  void hold(Path file) {
    held.add(file);
  }

  void lock(Path file) {
    held.add(file);
    locked.add(file);
  }

  void release(Path file) {
    held.remove(file);
    locked.remove(file);
  }

  void releaseAll() {
    held.clear();
    locked.clear();
  }

  void requireMovable(Path file) throws FileSystemException {
    require(!held.contains(file), file);
  }

  void requireOpenable(Path file) throws FileSystemException {
    require(!locked.contains(file), file);
  }

  private static void require(boolean free, Path file) throws FileSystemException {
    if (!free) {
      throw new FileSystemException(file.toString(), null, IN_USE);
    }
  }
}
