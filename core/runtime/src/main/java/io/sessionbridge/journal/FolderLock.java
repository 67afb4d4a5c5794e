package io.sessionbridge.journal;

import io.sessionbridge.storage.FileMode;
import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.storage.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that only one process at a time uses a data directory. The system releases the locks when
 * the process ends for any reason.
 *
 * <p>There are two lock files. If a user takes {@code lock} for a stale file and removes it, the
 * next process can create and lock a new one, but then fails at the second file.
 */
public final class FolderLock implements AutoCloseable {

  private static final String SECOND_FOLDER = "cursors";

  /** In the order in which they are locked. */
  private static final List<String> FILES = List.of("lock", SECOND_FOLDER + "/lock");

  private static final int LOCKED_BYTE =
      1 << 30; // beyond the text, which must stay readable for others

  /** A process id in decimal, or empty. */
  private static final Pattern OWNER = Pattern.compile("\\d*\\s*");

  private static final int MAX_OWNER_BYTES = 64;

  private final List<FileChannel> channels;

  private FolderLock(List<FileChannel> channels) {
    this.channels = channels;
  }

  /**
   * Creates the folder if it is missing, and acquires the locks.
   *
   * @throws JournalException if another process holds a lock, or the folder cannot be written
   */
  public static FolderLock acquire(Path folder) throws IOException {
    FolderLock lock = new FolderLock(new ArrayList<>());
    try {
      for (String file : FILES) {
        lock.add(folder, folder.resolve(file));
      }
      lock.writeOwner();
      return lock;
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private void add(Path folder, Path file) throws IOException {
    FileChannel channel = open(folder, file);
    channels.add(channel);
    requireOwn(folder, file);
    if (tryLock(channel) == null) {
      throw new JournalException(
          "data directory "
              + folder
              + " is in use by another SessionBridge"
              + owner(file)
              + ": stop it, or use another data_dir");
    }
  }

  /** Prevents overwriting a file of this name from another program. */
  private static void requireOwn(Path folder, Path file) throws IOException {
    if (!OWNER.matcher(text(file)).matches()) {
      throw new JournalException(
          "data directory "
              + folder
              + " contains a file "
              + folder.relativize(file)
              + " that does not belong to SessionBridge: move it, or use another data_dir");
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return new String(WholeFile.read(file, MAX_OWNER_BYTES), StandardCharsets.UTF_8);
    } catch (WholeFile.TooLargeException e) {
      return "something else";
    }
  }

  private void writeOwner() throws IOException {
    String pid = ProcessHandle.current().pid() + "\n";
    for (FileChannel channel : channels) {
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(pid), 0);
    }
  }

  private static FileChannel open(Path folder, Path file) throws IOException {
    try {
      FileStorage storage = new FileStorage();
      storage.createFolders(folder);
      storage.createFolders(folder.resolve(SECOND_FOLDER));
      return FileChannel.open(
          file,
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
          FileMode.PRIVATE.attributes(file));
    } catch (AccessDeniedException e) {
      throw new JournalException(
          "data directory "
              + folder
              + " is not writable for user "
              + System.getProperty("user.name"),
          e);
    } catch (IOException e) {
      throw new JournalException("data directory " + folder + " cannot be used: " + e, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  private static String owner(Path file) {
    try {
      String pid = text(file).strip();
      return pid.isEmpty() ? "" : " (process " + pid + ")";
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels) {
      channel.close();
    }
  }
}
