package io.sessionbridge.source.replay;

import io.sessionbridge.source.replay.ReplayPosition.Ahead;
import io.sessionbridge.source.replay.ReplayPosition.Lineage;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the file that a position is in, whatever its name is by now. Opens files only to look. */
final class PositionSearch {

  private final Storage storage;

  PositionSearch(Storage storage) {
    this.storage = storage;
  }

  /** The file, opened behind the position; null if the position is not in it. */
  @Nullable Tail openIfFits(FileState state, ReplayPosition position) throws UnreadableException {
    try (StorageFile file = Tail.open(storage, state)) {
      return position.fits(file) ? Tail.open(storage, state, position) : null;
    } catch (IOException e) {
      throw new UnreadableException(state.path(), FileState.reason(state.path(), e));
    }
  }

  /** Of the files that the position fits, that of its key, else the first. */
  Optional<RotatedFile> holderOf(ReplayPosition position, List<RotatedFile> listed) {
    String key = position.lineage().map(Lineage::key).orElse("");
    List<RotatedFile> fitting =
        listed.stream().filter(file -> file.fits(position, storage)).toList();
    return fitting.stream()
        .filter(file -> file.state().hasKey(key))
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  /** Whether no file holds what was seen of one that was still to be read. */
  boolean isLost(Optional<Ahead> seen, List<RotatedFile> listed, @Nullable FileState now) {
    if (seen.isEmpty()) {
      return false;
    }
    ReplayPosition place = seen.get().place();
    return listed.stream().noneMatch(file -> file.fits(place, storage))
        && (now == null || !new RotatedFile(now, new byte[0]).fits(place, storage));
  }

  /** Whether the name still means the last file, and that holds what was read. */
  boolean isSame(Tail last, FileState now) throws UnreadableException, IOException {
    if (!now.key().isEmpty()) {
      return now.hasKey(last.key());
    }
    if (last.isEmpty() || now.size() == 0) {
      return last.isEmpty() && now.size() == 0;
    }
    try (StorageFile file = Tail.open(storage, now)) {
      return file.size() >= last.position().offset()
          && last.position().fits(file)
          && Sample.beginAlike(Sample.head(file), last.head());
    }
  }
}
