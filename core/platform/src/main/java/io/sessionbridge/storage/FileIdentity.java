package io.sessionbridge.storage;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a path still refers to an open file.
 *
 * <p>Java has a key for each file, except on Windows. The creation time is no substitute: Windows
 * gives a new file that of a file with the same name that was deleted or renamed less than 15 s ago
 * (file system tunneling, Microsoft KB172190), and under Wine it changes with each write. But the
 * JVM refuses to lock a byte of a file twice, and compares the files by volume and file index.
 */
final class FileIdentity {

  /** Beyond the end of every file, so that the lock does not prevent reads and writes. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path path;
  private final FileChannel channel;
  private final @Nullable Object key;

  /** Of this file, as it was last seen; only where there is no key. */
  private volatile @Nullable FileTime created;

  /**
   * An identity of an open file.
   *
   * @param key {@link BasicFileAttributes#fileKey}
   */
  FileIdentity(Path path, FileChannel channel, @Nullable Object key) {
    this.path = path;
    this.channel = channel;
    this.key = key;
  }

  /** The key of the file that a path refers to; null on Windows. */
  static @Nullable Object key(Path path) throws IOException {
    return attributes(path).fileKey();
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  boolean isInPlace() throws IOException {
    try {
      BasicFileAttributes found = attributes(path);
      return key == null ? isThis(found) : key.equals(found.fileKey());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Avoids the locks, because they open the file, which a virus scanner may take as a reason to
   * read it. A file that was put in place with the same size and creation time is noticed after the
   * next write, which makes this file longer.
   *
   * @param found what the path refers to
   */
  boolean isThis(BasicFileAttributes found) throws IOException {
    if (found.creationTime().equals(created) && found.size() == channel.size()) {
      return true;
    }
    boolean same = isLockedWithThis();
    created = same ? found.creationTime() : null;
    return same;
  }

  private boolean isLockedWithThis() throws IOException {
    synchronized (FileIdentity.class) { // so that nobody else in this JVM holds such a lock
      try (FileLock mine = channel.tryLock(LOCKED_BYTE, 1, true)) {
        if (mine == null) {
          throw new IOException(path + ": another program has locked it");
        }
        return isLocked(path);
      }
    }
  }

  private static boolean isLocked(Path path) throws IOException {
    try (FileChannel other = FileChannel.open(path, READ)) {
      other.tryLock(LOCKED_BYTE, 1, true); // its channel releases it
      return false;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }
}
