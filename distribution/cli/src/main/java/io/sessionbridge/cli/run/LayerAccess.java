package io.sessionbridge.cli.run;

import io.sessionbridge.config.ConfigLayers;
import io.sessionbridge.windows.access.RunAccess;
import io.sessionbridge.windows.window.SessionWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks whether others can write {@code conf.d} or a file in it, and so control what the agent
 * runs with its rights. Checked at each start, since the folder may be new.
 */
public final class LayerAccess {

  private static final int OTHERS_WRITE = 0022;
  private static final int STICKY = 01000;

  private LayerAccess() {}

  /**
   * For an agent in a console. On Windows nothing is refused: the agent has the rights of the
   * calling user.
   */
  static ConfigLayers.Judge ofConsole() {
    return SessionWindow.isSupported() ? ConfigLayers.Judge.ANY : LayerAccess::posix;
  }

  /**
   * For a check of the configuration of an agent in a console or of systemd. Root may check for an
   * agent of another user, so any one user may own what root checks. On Windows nothing is refused.
   */
  public static ConfigLayers.Judge ofCheck() {
    return SessionWindow.isSupported()
        ? ConfigLayers.Judge.ANY
        : path -> posix(path, self() == 0 ? owner(path) : self());
  }

  /**
   * For a Windows service, where only the system and administrators may write.
   *
   * @param allowed whether others may write, on a test machine
   * @param warn gets a warning in that case
   */
  public static ConfigLayers.Judge ofService(boolean allowed, Consumer<String> warn) {
    return path -> {
      Optional<String> others = new RunAccess().othersOf(path.toAbsolutePath().normalize());
      if (allowed) {
        others.ifPresent(text -> warn.accept(path + ": " + text));
        return Optional.empty();
      }
      return others.map(
          text ->
              "is refused: "
                  + text
                  + ", and so control the system; service install prints the commands that correct this");
    };
  }

  /** Checks owner and mode: only root and the agent's user may write it. */
  static Optional<String> posix(Path path) throws IOException {
    return posix(path, self());
  }

  private static int self() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  static Optional<String> posix(Path path, int self) throws IOException {
    Optional<String> found = posix(path, self, false);
    if (found.isPresent() || !Files.isSymbolicLink(path)) {
      return found;
    }
    Path real = path.toRealPath();
    found = posix(real, self, false);
    for (Path above = real.getParent();
        above != null && found.isEmpty();
        above = above.getParent()) {
      found = posix(above, self, true);
    }
    return found;
  }

  /**
   * Checks one file or folder without following links.
   *
   * @param above whether it is a parent, in which others may create files if they cannot replace
   *     existing ones
   */
  private static Optional<String> posix(Path path, int self, boolean above) throws IOException {
    int owner = owner(path);
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if (owner != 0 && owner != self) {
      return Optional.of(
          "is refused: user "
              + owner
              + " owns "
              + path
              + " and could change what the agent runs; give it to root");
    }
    boolean sticky = above && (mode & STICKY) != 0;
    return Files.isSymbolicLink(path) || sticky || (mode & OTHERS_WRITE) == 0
        ? Optional.empty()
        : Optional.of(
            "is refused: other users can modify what the agent runs, run: chmod go-w " + path);
  }
}
