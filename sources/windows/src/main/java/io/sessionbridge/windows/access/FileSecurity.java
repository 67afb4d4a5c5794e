package io.sessionbridge.windows.access;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Owners and access lists of files. A seam, so that what is decided by them is tested where there
 * is no Windows. Paths are absolute and normalised; none of these follows a link that a path ends
 * with.
 */
interface FileSecurity {

  /** Empty if there is no such file. */
  Optional<FileFacts> look(Path path) throws IOException;

  /** What is in a folder, in no order. */
  List<Path> list(Path folder) throws IOException;

  /**
   * Where a link leads, one step: the target may be a link again, or lie beyond one.
   *
   * @return empty if this is no link, or one to a volume without a drive letter
   */
  Optional<Path> step(Path link) throws IOException;

  /** Where a link leads, every link on the way resolved. */
  Path resolve(Path link) throws IOException;

  /**
   * Makes a folder which from its beginning belongs to administrators, and which only they and the
   * system may open.
   *
   * @return false if something has that name already
   */
  boolean create(Path folder) throws IOException;

  /**
   * Gives a file, or a folder and what is in it, to administrators, and lets only them and the
   * system open it. Follows no link, and stops at the first.
   */
  void own(Path path) throws IOException;

  /** Its name, for instance {@code BUILTIN\Users}; the SID itself if it has none. */
  String name(String sid);
}
