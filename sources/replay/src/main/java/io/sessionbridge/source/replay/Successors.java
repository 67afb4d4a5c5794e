package io.sessionbridge.source.replay;

import io.sessionbridge.source.replay.ReplayPosition.Lineage;
import io.sessionbridge.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Determines which rotated files follow the one that was read. One thread. */
final class Successors {

  private final Storage storage;
  private List<RotatedFile> files;

  Successors(List<RotatedFile> listed, Storage storage) {
    this.files = listed;
    this.storage = storage;
  }

  void none() {
    files = List.of();
  }

  void without(RotatedFile file) {
    without(other -> other.equals(file));
  }

  void without(Predicate<RotatedFile> condition) {
    files = files.stream().filter(condition.negate()).toList();
  }

  /** Removes files that begin with the same bytes. */
  void withoutCopiesOf(byte[] head) {
    without(file -> Sample.beginAlike(file.head(), head));
  }

  /** Removes files that were written before the one that was read. */
  void changedAfter(Lineage read) {
    long since = read.modifiedMicros();
    without(
        file ->
            file.state().modifiedMicros() < since
                || file.state().modifiedMicros() == since && isPrevious(file, read));
  }

  private boolean isPrevious(RotatedFile file, Lineage read) {
    return read.previousSize() > 0
        && file.fits(
            new ReplayPosition(
                read.previousSize(), 0, read.previousFingerprint(), Optional.empty()),
            storage);
  }

  /** The remaining files, oldest first. */
  List<RotatedFile> files() {
    return files;
  }
}
