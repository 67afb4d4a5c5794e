package io.sessionbridge.storage;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real disk, through {@link FileChannel}. No memory mapping: Windows cannot delete mapped
 * files. Files and folders are private to their owner unless another mode is given.
 */
public final class FileStorage implements Storage {

  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  /**
   * Java copies each write into a direct buffer of the same size, and each thread keeps its largest
   * one. A batch in a single write would be held twice, once outside the heap.
   */
  private static final int PIECE = 128 << 10;

  private final FileMode mode;

  /** Files of 0600 in folders of 0700, whatever the umask is. */
  public FileStorage() {
    this(FileMode.PRIVATE);
  }

  /** Files of this mode, in folders that the same users may enter. */
  public FileStorage(FileMode mode) {
    this.mode = mode;
  }

  @Override
  public StorageFile create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, Set.of(CREATE_NEW, READ, WRITE), mode.attributes(file));
    try {
      mode.widen(file);
      return new ChannelFile(file, channel, FileIdentity.key(file));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public StorageFile open(Path file) throws IOException {
    return open(file, READ, WRITE);
  }

  @Override
  public StorageFile openReadOnly(Path file) throws IOException {
    return open(file, READ);
  }

  private static StorageFile open(Path file, OpenOption... options) throws IOException {
    // before the file is opened: one that replaces it in between is then not taken for it
    Object key = FileIdentity.key(file);
    return new ChannelFile(file, FileChannel.open(file, options), key);
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Override
  public boolean exists(Path file) {
    return Files.exists(file);
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    Path there = absolute;
    while (there != null && !Files.isDirectory(there)) {
      there = there.getParent();
    }
    Files.createDirectories(absolute, mode.folder().attributes(absolute));
    // a new folder is an entry in its parent, which must be forced to survive a power cut
    for (Path made = absolute; there != null && !made.equals(there); ) {
      Path parent = made.getParent();
      if (parent == null) {
        return;
      }
      forceIfReadable(parent);
      made = parent;
    }
  }

  /** A parent without read permission cannot be forced; that must not prevent a start. */
  private void forceIfReadable(Path folder) throws IOException {
    if (Files.isReadable(folder)) {
      forceFolder(folder);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    Files.move(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    if (WINDOWS) {
      return; // Windows cannot open a folder; NTFS journals its names
    }
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    } catch (FileSystemException e) {
      throw e; // from open, with the name
    } catch (IOException e) {
      throw named(folder, e);
    }
  }

  /**
   * Adds the file's name to an error of an open file. A closed channel, for instance by an
   * interrupt, is not an error of the file.
   */
  private static IOException named(Path file, IOException cause) {
    return cause instanceof ClosedChannelException
        ? cause
        : new IOException(file + ": " + FileReason.of(cause, file), cause);
  }

  @Override
  public long usableSpace(Path folder) throws IOException {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return withoutMounts(folder, e);
    }
  }

  /**
   * Java looks up the mount point in {@code /proc/mounts}, which is invisible to a service with
   * {@code ProcSubset=pid} and does not match after a chroot. This asks the file system itself,
   * which returns 0 for a missing folder.
   */
  static long withoutMounts(Path folder, IOException why) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw why;
    }
    return folder.toFile().getUsableSpace();
  }

  private record ChannelFile(Path file, FileChannel channel, FileIdentity identity)
      implements StorageFile {

    ChannelFile(Path file, FileChannel channel, @Nullable Object key) {
      this(file, channel, new FileIdentity(file, channel, key));
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public boolean isInPlace() throws IOException {
      return identity.isInPlace();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      int start = target.position();
      long at = position;
      while (target.hasRemaining()) {
        int read = channel.read(target, at);
        if (read < 0) {
          break;
        }
        at += read;
      }
      return target.position() - start;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      long at = position;
      int end = source.limit();
      try {
        while (source.position() < end) {
          source.limit(Math.min(end, source.position() + PIECE));
          at += channel.write(source, at);
        }
      } catch (IOException e) {
        throw named(file, e);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      try {
        channel.truncate(size);
      } catch (IOException e) {
        throw named(file, e);
      }
    }

    @Override
    public void force() throws IOException {
      // fdatasync, which also writes a changed size, but not the time stamps
      try {
        channel.force(false);
      } catch (IOException e) {
        throw named(file, e);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
