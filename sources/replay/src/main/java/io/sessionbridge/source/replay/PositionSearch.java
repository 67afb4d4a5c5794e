package io.sessionbridge.source.replay;

import io.sessionbridge.source.replay.ReplayPosition.Ahead;
import io.sessionbridge.source.replay.ReplayPosition.Lineage;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the file that contains a position, whatever its current name. Opens files to check. */
final class PositionSearch {

  private final Storage storage;

  PositionSearch(Storage storage) {
    this.storage = storage;
  }

  /** Opens the file at the position; null if the position does not match it. */
  @Nullable Tail openIfFits(FileState state, ReplayPosition position) throws UnreadableException {
    try (StorageFile file = Tail.open(storage, state)) {
      return position.fits(file) ? Tail.open(storage, state, position) : null;
    } catch (IOException e) {
      throw new UnreadableException(state.path(), FileState.reason(state.path(), e));
    }
  }

  /** Among the files that match the position, that with its key, otherwise the first. */
  Optional<RotatedFile> holderOf(ReplayPosition position, List<RotatedFile> listed) {
    String key = position.lineage().map(Lineage::key).orElse("");
    List<RotatedFile> fitting =
        listed.stream().filter(file -> file.fits(position, storage)).toList();
    return fitting.stream()
        .filter(file -> file.state().hasKey(key))
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  /** Whether no file holds the content of a file that was seen but not read yet. */
  boolean isLost(Optional<Ahead> seen, List<RotatedFile> listed, @Nullable FileState now) {
    if (seen.isEmpty()) {
      return false;
    }
    ReplayPosition place = seen.get().place();
    return listed.stream().noneMatch(file -> file.fits(place, storage))
        && (now == null || !new RotatedFile(now, new byte[0]).fits(place, storage));
  }

  /** Whether the name still refers to the last file, with the content that was read. */
  boolean isSame(Tail last, FileState now) throws UnreadableException, IOException {
    if (!now.key().isEmpty()) {
      return now.hasKey(last.key());
    }
    if (last.isEmpty() || now.size() == 0) {
      return last.isEmpty() && now.size() == 0;
    }
    try (StorageFile file = Tail.open(storage, now)) {
      return last.position().fits(file) && Sample.beginAlike(Sample.head(file), last.head());
    }
  }
}
