package io.sessionbridge.journal;

import io.sessionbridge.storage.FileMode;
import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that one process at a time works in a data directory. The system gives the lock back
 * when the process ends, however it ends.
 */
public final class FolderLock implements AutoCloseable {

  private static final String FILE = "lock";
  private static final int LOCKED_BYTE =
      1 << 30; // beyond the text, which others must be able to read

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the folder where it is missing, and takes the lock.
   *
   * @throws JournalException if another process has it, or the folder cannot be written
   */
  public static FolderLock acquire(Path folder) throws IOException {
    FileChannel channel = open(folder);
    try {
      if (tryLock(channel) == null) {
        String owner = owner(folder);
        throw new JournalException(
            "data directory "
                + folder
                + " is in use by another SessionBridge"
                + owner
                + ": stop it, or give this one another data_dir");
      }
      ByteBuffer pid =
          StandardCharsets.UTF_8.encode(Long.toString(ProcessHandle.current().pid()) + "\n");
      channel.truncate(0);
      channel.write(pid, 0);
      return new FolderLock(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel open(Path folder) throws IOException {
    try {
      new FileStorage().createFolders(folder);
      Path file = folder.resolve(FILE);
      return FileChannel.open(
          file,
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
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

  private static String owner(Path folder) {
    try {
      String pid = Files.readString(folder.resolve(FILE)).strip();
      return pid.isEmpty() ? "" : " (process " + pid + ")";
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
