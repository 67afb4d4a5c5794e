package io.sessionbridge.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of one or more folders, seen through the few operations that durability is made of.
 *
 * <p>Two implementations exist: {@link FileStorage}, the real disk, and the test kit's model disk,
 * which loses whatever was not forced. A program that survives the second one on every operation
 * may claim to survive a power cut on the first.
 *
 * <p>Safe for use by several threads. Every method throws {@link IOException} with the path in its
 * message.
 */
public interface Storage {

  /**
   * Creates an empty file and opens it for reading and writing, with the permissions of this
   * storage from its first moment on. Neither its name nor its content is durable before {@link
   * StorageFile#force} and {@link #forceFolder} returned.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the name is taken
   */
  StorageFile create(Path file) throws IOException;

  /**
   * Opens an existing file for reading and writing.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  StorageFile open(Path file) throws IOException;

  /**
   * Opens an existing file for reading alone; {@link StorageFile#write} and {@link
   * StorageFile#force} of the result throw.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  StorageFile openReadOnly(Path file) throws IOException;

  /** The files (not the folders) directly in a folder, sorted by name; none if it is missing. */
  List<Path> list(Path folder) throws IOException;

  boolean exists(Path file) throws IOException;

  /**
   * Tells the file that this path leads to now from every other file that exists, whatever their
   * names: two results are equal exactly if they are of one file. Where the system has no such
   * value (Windows), the time of the file's creation stands for it.
   *
   * @return empty if there is no file
   */
  Optional<Object> identity(Path file) throws IOException;

  /** Creates the folder and its missing parents, durable when this returns, unless it is there. */
  void createFolders(Path folder) throws IOException;

  /**
   * Renames a file that nobody holds open, on the same disk.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the new name is taken
   */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file; does nothing if it is gone already. */
  void delete(Path file) throws IOException;

  /**
   * Makes the names in a folder durable: what was created, renamed or deleted in it. Where the
   * operating system cannot force a folder (Windows) this does nothing.
   */
  void forceFolder(Path folder) throws IOException;

  /** Bytes that can still be written on the disk that holds the folder. */
  long usableSpace(Path folder) throws IOException;
}
