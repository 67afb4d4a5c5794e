package io.sessionbridge.source.replay;

import io.sessionbridge.spi.Intake;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A source that is no longer configured, and had read the same file. */
record FormerSource(String id, long line) {

  /**
   * Finds such a source for a source without a position of its own. The file is recognised by the
   * content that was read, as after a restart.
   */
  static Optional<FormerSource> of(Path path, Intake intake, Storage storage) {
    if (intake.resumePosition().isPresent()) {
      return Optional.empty();
    }
    for (Map.Entry<String, byte[]> former : intake.abandonedPositions().entrySet()) {
      Optional<ReplayPosition> position = ReplayPosition.decode(former.getValue());
      if (position.isPresent() && fits(position.get(), path, storage)) {
        return Optional.of(new FormerSource(former.getKey(), position.get().line()));
      }
    }
    return Optional.empty();
  }

  private static boolean fits(ReplayPosition position, Path path, Storage storage) {
    try (StorageFile file = Tail.open(storage, FileState.of(path))) {
      return position.offset() > 0 && position.fits(file);
    } catch (UnreadableException | IOException e) {
      return false;
    }
  }

  /** The warning for the log, with advice if this was not intended. */
  String warning(String newId, Path path) {
    return "source "
        + newId
        + " reads "
        + path
        + " from its start, with new event ids: source "
        + id
        + ", which is no longer configured, had read "
        + line
        + " lines of it; to continue there, give the source that id before it reads";
  }
}
