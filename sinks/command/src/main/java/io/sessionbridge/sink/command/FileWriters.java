package io.sessionbridge.sink.command;

import io.sessionbridge.windows.access.RunAccess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Who may write a file, by owner and access list on Windows, by owner and mode elsewhere. */
final class FileWriters {

  private static final int OTHERS_WRITE = 0022;
  private static final int STICKY = 01000;

  private FileWriters() {}

  static RulesFile.Writers ofThisSystem() {
    return File.separatorChar == '\\' ? file -> new RunAccess().othersOf(file) : FileWriters::posix;
  }

  /** The file, what it is a link to, and the folders above both. */
  static Optional<String> posix(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Set<Path> all = new LinkedHashSet<>();
    for (Path start : new Path[] {absolute.toRealPath(), absolute}) {
      for (Path path = start; path != null; path = path.getParent()) {
        all.add(path);
      }
    }
    int own = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    for (Path path : all) {
      Optional<String> other = other(path, own);
      if (other.isPresent()) {
        return other;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> other(Path path, int own) throws IOException {
    int uid = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    boolean link = Files.isSymbolicLink(path);
    if (uid != 0 && uid != own) {
      return Optional.of("user " + uid + " owns " + path);
    }
    // Of a folder such as /tmp others may add files, but not replace those of somebody else.
    boolean sticky = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && (mode & STICKY) != 0;
    if (!link && !sticky && (mode & OTHERS_WRITE) != 0) {
      return Optional.of("others may change " + path + ", run: chmod go-w " + path);
    }
    return Optional.empty();
  }
}
