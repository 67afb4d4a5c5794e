package io.sessionbridge.testkit.storage;

import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A disk in memory that guarantees the minimum. After {@link #crash} every 512-byte sector that was
 * not forced has survived or not, independently of the others, and so has every name that was
 * created, changed or removed since its folder was forced.
 *
 * <p>It counts the operations that change something, so that a test can stop the machine, or make
 * the disk fail, at each of them in turn. Bytes can be made unreadable, files can be held by
 * another program, and changes can take time. Safe for use by several threads.
 */
public final class ModelStorage implements Storage {

  private Map<Path, ModelInode> names = new TreeMap<>();
  private Map<Path, ModelInode> durableNames = new TreeMap<>();
  private final Faults faults = new Faults();
  private final ForceSites forceSites = new ForceSites();
  private final OtherPrograms others = new OtherPrograms();
  private long reads;
  private long opens;
  private int generation;
  private long usableSpace = Long.MAX_VALUE;

  /** The number of changes so far. */
  public synchronized long operations() {
    return faults.operations();
  }

  /** Bytes read so far. */
  public synchronized long bytesRead() {
    return reads;
  }

  /** Files opened so far. */
  public synchronized long opens() {
    return opens;
  }

  /**
   * The places that forced so far, as {@code Class.method}, followed by {@code (folder)} for names.
   */
  public synchronized Set<String> forceSites() {
    return forceSites.seen();
  }

  /** Makes the forces of one place have no effect, although they report success. */
  public synchronized void ignoreForces(String site) {
    forceSites.ignore(site);
  }

  /** Stops the machine at the n-th operation from now, counted from 0. */
  public synchronized void crashAt(long n) {
    faults.crashAt(n);
  }

  /**
   * Makes a number of operations fail, starting with the n-th from now, counted from 0. A failing
   * write writes half; a failing force loses its data.
   *
   * @param count {@link Long#MAX_VALUE} for all that follow
   */
  public synchronized void failAt(long n, long count, String message) {
    faults.failAt(n, count, message);
  }

  /**
   * Makes reads of some bytes fail, like a bad sector. It stays with the file through restarts.
   *
   * @param from the first byte
   * @param to the byte after the last
   * @param failures how many reads fail before they succeed again; {@link Long#MAX_VALUE} for all
   */
  public synchronized void unreadable(Path file, long from, long to, long failures) {
    inode(file).unreadable(from, to, failures);
  }

  /** Ends {@link #unreadable}. */
  public synchronized void readable(Path file) {
    inode(file).readable();
  }

  /**
   * Makes another program hold a file: it cannot be deleted or renamed until {@link #release} or a
   * restart of the machine.
   */
  public synchronized void hold(Path file) {
    others.hold(file);
  }

  /** Makes another program lock a file: like {@link #hold}, and it cannot be opened. */
  public synchronized void lock(Path file) {
    others.lock(file);
  }

  /** Makes every attempt to open a file fail, like a bad inode, until it is deleted. */
  public synchronized void failOpen(Path file, String message) {
    inode(file).failOpen(message);
  }

  /** Makes every write and force of a file fail; an empty message ends that. */
  public synchronized void failWrites(Path file, String message) {
    inode(file).failWrites(message.isEmpty() ? null : message);
  }

  /** Ends {@link #hold} and {@link #lock}. */
  public synchronized void release(Path file) {
    others.release(file);
  }

  /**
   * Makes every change take time.
   *
   * @param each the duration of a change; zero for none
   * @param passes receives the duration, to advance the clock of the test
   */
  public synchronized void slow(Duration each, Consumer<Duration> passes) {
    faults.slow(each, passes);
  }

  /** Sets the result of {@link #usableSpace}. */
  public synchronized void usableSpace(long bytes) {
    usableSpace = bytes;
  }

  /** Decides what survives, and restarts the machine. Open files become unusable. */
  public synchronized void crash(Random random) {
    Set<Path> all = new TreeSet<>(names.keySet());
    all.addAll(durableNames.keySet());
    Map<Path, ModelInode> survivors = new TreeMap<>();
    for (Path path : all) {
      ModelInode before = durableNames.get(path);
      ModelInode after = names.get(path);
      ModelInode inode = Objects.equals(before, after) || random.nextBoolean() ? after : before;
      if (inode != null) {
        survivors.put(path, inode);
      }
    }
    new HashSet<>(survivors.values()).forEach(inode -> inode.crash(random));
    names = survivors;
    durableNames = new TreeMap<>(survivors);
    others.releaseAll();
    kill();
  }

  /**
   * Ends the process but not the machine: open files become unusable, everything written is still
   * visible, and what was not forced is still not on the disk.
   */
  public synchronized void kill() {
    generation++;
    faults.clear();
  }

  /** The whole content of a file, for tests that inspect or damage it. */
  public synchronized byte[] bytes(Path file) {
    return inode(file).bytes();
  }

  private ModelInode inode(Path file) {
    return Objects.requireNonNull(names.get(file), file + " is not there");
  }

  /** Creates or replaces a file, durably. */
  public synchronized void put(Path file, byte[] bytes) {
    ModelInode inode = new ModelInode();
    inode.write(ByteBuffer.wrap(bytes), 0);
    inode.force();
    names.put(file, inode);
    durableNames.put(file, inode);
  }

  /** Removes a file, durably. */
  public synchronized void remove(Path file) {
    names.remove(file);
    durableNames.remove(file);
  }

  /** Called by open files, under this monitor. */
  boolean isAt(Path file, ModelInode inode) {
    return names.get(file) == inode;
  }

  /** Changes with every crash and kill. Called by open files, under this monitor. */
  int generation() {
    return generation;
  }

  Faults faults() {
    return faults;
  }

  ForceSites sites() {
    return forceSites;
  }

  void countRead(int bytes) {
    reads += bytes;
  }

  @Override
  public synchronized StorageFile create(Path file) throws IOException {
    if (names.containsKey(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    ModelInode inode = new ModelInode();
    faults.change("create " + file, () -> names.put(file, inode));
    opens++;
    return new ModelFile(this, file, inode, false);
  }

  @Override
  public synchronized StorageFile open(Path file) throws IOException {
    return opened(file, false);
  }

  @Override
  public synchronized StorageFile openReadOnly(Path file) throws IOException {
    return opened(file, true);
  }

  private StorageFile opened(Path file, boolean readOnly) throws IOException {
    faults.alive("open " + file);
    ModelInode inode = names.get(file);
    if (inode == null) {
      throw new NoSuchFileException(file.toString());
    }
    others.requireOpenable(file);
    inode.requireOpenable(file);
    opens++;
    return new ModelFile(this, file, inode, readOnly);
  }

  @Override
  public synchronized List<Path> list(Path folder) {
    faults.alive("list " + folder);
    List<Path> files = new ArrayList<>();
    for (Path file : names.keySet()) {
      if (folder.equals(file.getParent())) {
        files.add(file);
      }
    }
    return files;
  }

  @Override
  public synchronized boolean exists(Path file) {
    faults.alive("exists " + file);
    return names.containsKey(file);
  }

  @Override
  public void createFolders(Path folder) {
    // folders exist as soon as they contain a file
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    if (names.containsKey(to)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    ModelInode inode = names.get(from);
    if (inode == null) {
      throw new NoSuchFileException(from.toString());
    }
    others.requireMovable(from);
    faults.change(
        "rename " + from,
        () -> {
          names.remove(from);
          names.put(to, inode);
        });
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    if (names.containsKey(file)) {
      others.requireMovable(file);
    }
    faults.change("delete " + file, () -> names.remove(file));
  }

  @Override
  public synchronized void forceFolder(Path folder) throws IOException {
    boolean ignored = forceSites.isIgnored(" (folder)");
    faults.change(
        "forceFolder " + folder,
        () -> {
          if (!ignored) {
            forceNames(folder);
          }
        });
  }

  private void forceNames(Path folder) {
    durableNames.keySet().removeIf(file -> folder.equals(file.getParent()));
    names.forEach(
        (file, inode) -> {
          if (folder.equals(file.getParent())) {
            durableNames.put(file, inode);
          }
        });
  }

  @Override
  public synchronized long usableSpace(Path folder) {
    return usableSpace;
  }
}
