package io.sessionbridge.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file operations that durable storage needs, for one or more folders.
 *
 * <p>There are two implementations: {@link FileStorage}, the real disk, and the test kit's model
 * disk, which loses everything that was not forced. A program that survives a simulated power cut
 * after every operation of the model survives one on the real disk.
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
   * Opens an existing file for reading only; {@link StorageFile#write} and {@link
   * StorageFile#force} of the result throw.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  StorageFile openReadOnly(Path file) throws IOException;

  /** The files (not the folders) directly in a folder, sorted by name; none if it is missing. */
  List<Path> list(Path folder) throws IOException;

  boolean exists(Path file) throws IOException;

  /** Creates the folder and its missing parents, durable when this returns, unless it exists. */
  void createFolders(Path folder) throws IOException;

  /**
   * Renames a file that nobody holds open, on the same disk.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the new name is taken
   */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file; does nothing if it does not exist. */
  void delete(Path file) throws IOException;

  /**
   * Makes the names in a folder durable: files created, renamed or deleted in it. Does nothing
   * where the operating system cannot force a folder (Windows).
   */
  void forceFolder(Path folder) throws IOException;

  /** The usable space on the disk of the folder, in bytes. */
  long usableSpace(Path folder) throws IOException;
}
