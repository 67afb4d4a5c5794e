package io.sessionbridge.windows.access;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Owners and access lists of files. An interface so that decisions are testable on any system.
 * Paths are absolute and normalised; no method follows a link at the end of a path.
 */
interface FileSecurity {

  /** Empty if the file does not exist. */
  Optional<FileFacts> look(Path path) throws IOException;

  /** Lists a folder, in no particular order. */
  List<Path> list(Path folder) throws IOException;

  /**
   * Returns the target of a link, one step: it may itself be a link, or be below one.
   *
   * @return empty if this is not a link, or leads to a volume without a drive letter
   */
  Optional<Path> step(Path link) throws IOException;

  /** Returns the target of a link with every link resolved. */
  Path resolve(Path link) throws IOException;

  /**
   * Creates a folder that is owned by administrators from the start, and that only they and the
   * system may open.
   *
   * @return false if the name already exists
   */
  boolean create(Path folder) throws IOException;

  /**
   * Makes administrators the owner of a file, or of a folder and its content, and lets only them
   * and the system open it. Follows no link, and stops at the first.
   */
  void own(Path path) throws IOException;

  /** The account's name, for instance {@code BUILTIN\Users}; the SID if it has none. */
  String name(String sid);
}
