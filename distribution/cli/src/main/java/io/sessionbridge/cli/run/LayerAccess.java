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
 * Who else may write {@code conf.d} or a file in it. Whoever may decides what the agent runs, with
 * the agent's rights. It is looked at with each start, because the folder may have been made since
 * the last one.
 */
public final class LayerAccess {

  private static final int OTHERS_WRITE = 0022;
  private static final int STICKY = 01000;

  private LayerAccess() {}

  /**
   * Of an agent in a console. On Windows nothing is refused there: such an agent has the rights of
   * who calls it, and reads what this user wrote.
   */
  static ConfigLayers.Judge ofConsole() {
    return SessionWindow.isSupported() ? ConfigLayers.Judge.ANY : LayerAccess::posix;
  }

  /**
   * Of a service of Windows, where nobody may but the system and administrators.
   *
   * @param allowed whether others may, on a test machine
   * @param warn gets a sentence then
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
                  + ", and so control the system; service install names the commands that end it");
    };
  }

  /** By owner and mode: root and the agent's user may write it. */
  static Optional<String> posix(Path path) throws IOException {
    return posix(path, (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
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
   * Judges one file or folder, and no link behind it.
   *
   * @param above whether others may make files in it, but not replace those of somebody else
   */
  private static Optional<String> posix(Path path, int self, boolean above) throws IOException {
    int owner = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
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
        : Optional.of("is refused: others may change what the agent runs, run: chmod go-w " + path);
  }
}
