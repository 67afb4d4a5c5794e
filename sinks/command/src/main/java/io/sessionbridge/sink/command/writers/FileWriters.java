package io.sessionbridge.sink.command.writers;

import io.sessionbridge.sink.command.config.RulesShare;
import io.sessionbridge.storage.WholeFile;
import io.sessionbridge.windows.access.RunAccess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who may write a file, by owner and access list on Windows, by owner and mode elsewhere. */
public final class FileWriters {

  private static final boolean ON_WINDOWS = File.separatorChar == '\\';

  /** Follows the statement of who can modify a file. */
  public static final String WHY = "; whoever can do that runs programs with the agent's rights";

  private FileWriters() {}

  /**
   * For programs. On Windows this includes who may put a library next to one, which it would load.
   */
  static Writers ofPrograms() {
    return ON_WINDOWS
        ? file -> new RunAccess().othersOfProgram(file.toAbsolutePath().normalize())
        : FileWriters::posix;
  }

  /** Reads files that nobody else can modify. */
  public static FileReader reader(RulesShare share) {
    if (ON_WINDOWS) {
      return (file, most) -> readOnWindows(file, most, share);
    }
    return (file, most) -> readByWalk(file, most, SyntheticOwners.ofThisSystem(share));
  }

  /** Who can modify the file, the links on its path, or the folders above any of them. */
  static Optional<String> posix(Path file) throws IOException {
    try (PathWalk way = PathWalk.to(file, SyntheticOwners.ofThisSystem(RulesShare.CHECKED))) {
      return way.others();
    }
  }

  static byte[] readByWalk(Path file, int most, PathWalk.Trust trust)
      throws IOException, RefusedException {
    try (PathWalk way = PathWalk.to(file, trust)) {
      Optional<String> others = way.others();
      if (others.isPresent()) {
        throw new RefusedException(others.get());
      }
      try (InputStream in = Channels.newInputStream(way.open())) {
        return WholeFile.read(in, file, most);
      }
    }
  }

  /** Windows checks a file by its path, so the check is repeated while the file is open. */
  private static byte[] readOnWindows(Path file, int most, RulesShare share)
      throws IOException, RefusedException {
    if (share == RulesShare.TRUSTED && file.toString().startsWith("\\\\")) {
      return WholeFile.read(file, most);
    }
    Path absolute = file.toAbsolutePath().normalize();
    refuseOthers(absolute);
    try (InputStream in = Files.newInputStream(absolute)) {
      byte[] bytes = WholeFile.read(in, file, most);
      refuseOthers(absolute);
      return bytes;
    }
  }

  private static void refuseOthers(Path file) throws IOException, RefusedException {
    Optional<String> others = new RunAccess().othersOf(file);
    if (others.isPresent()) {
      throw new RefusedException(others.get());
    }
  }
}
