package io.sessionbridge.source.replay;

import io.sessionbridge.source.replay.ReplayPosition.Ahead;
import io.sessionbridge.source.replay.ReplayPosition.Lineage;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open file, and how far its lines were read. One thread at a time. */
final class Tail implements AutoCloseable {

  private final Path path;
  private final String key;
  private final FileContent content;
  private final LineReader reader;
  private ReplayPosition position;
  private long modifiedMicros;
  private long previousSize;
  private long previousFingerprint;
  private long seenSize;
  private int quietLooks;
  private boolean cut;
  private boolean cutReported;
  private boolean afterLoss;

  private Tail(FileState state, FileContent content, ReplayPosition position) throws IOException {
    this.path = state.path();
    this.key = state.key();
    this.modifiedMicros = state.modifiedMicros();
    this.content = content;
    this.position = position;
    this.seenSize = content.size();
    content.see();
    TextEncoding encoding = position.offset() == 0 ? null : content.encoding();
    this.reader = new LineReader(content, encoding, position.offset(), position.line());
    position.lineage().ifPresent(this::follows);
  }

  /**
   * Opens a file at a position.
   *
   * @throws UnreadableException if it cannot be opened, or is no longer the file that was seen
   */
  static Tail open(Storage storage, FileState seen, ReplayPosition position)
      throws UnreadableException {
    StorageFile file = open(storage, seen);
    try {
      FileContent content = new FileContent(file, position.offset());
      if (content.fingerprint(position.offset()) != position.fingerprint()) {
        throw new FileCutException();
      }
      return new Tail(seen, content, position);
    } catch (IOException e) {
      closeQuietly(file);
      throw new UnreadableException(seen.path(), FileState.reason(seen.path(), e));
    }
  }

  /** Opens the file that was seen, not one that has since taken its name. */
  static StorageFile open(Storage storage, FileState seen) throws UnreadableException {
    StorageFile file;
    try {
      file = storage.openReadOnly(seen.path());
    } catch (IOException e) {
      throw new UnreadableException(seen.path(), FileState.reason(seen.path(), e));
    }
    try {
      if (!FileState.of(seen.path()).key().equals(seen.key())) {
        throw new UnreadableException(seen.path(), "is being replaced");
      }
      return file;
    } catch (UnreadableException e) {
      closeQuietly(file);
      throw e;
    }
  }

  private static void closeQuietly(StorageFile file) {
    try {
      file.close();
    } catch (IOException ignored) {
      // read-only, so nothing is lost
    }
  }

  private void follows(Lineage before) {
    previousSize = before.previousSize();
    previousFingerprint = before.previousFingerprint();
  }

  /** Replaces another file that holds the same lines. */
  void inherits(Tail other) {
    previousSize = other.previousSize;
    previousFingerprint = other.previousFingerprint;
    afterLoss = other.afterLoss;
  }

  /**
   * This file at the place where the other was left, if it holds what was read of that; otherwise
   * at its start.
   *
   * @param other the file that was read before this one
   */
  Tail continuing(Tail other) throws IOException {
    ReplayPosition left = other.position;
    if (cut || left.offset() == 0 || !left.fits(content.file())) {
      return this;
    }
    FileState seen = new FileState(path, key, seenSize, modifiedMicros);
    Tail same = new Tail(seen, new FileContent(content.file(), left.offset()), left);
    same.inherits(other);
    same.afterLoss |= afterLoss;
    return same;
  }

  /** Records the file that was read to its end before this one. */
  void follows(Tail before) {
    previousSize = before.position.offset();
    previousFingerprint = before.position.fingerprint();
  }

  /**
   * The next complete line; null at the current end of the file.
   *
   * @throws FileCutException if the file no longer holds what was read before
   */
  @Nullable Line read() throws IOException {
    return placed(reader.read());
  }

  /** The incomplete last line; null if there is none. */
  @Nullable Line readRest() {
    return placed(reader.readRest());
  }

  private @Nullable Line placed(@Nullable Line line) {
    if (line == null) {
      return null;
    }
    position =
        new ReplayPosition(
                line.end(), line.number(), content.fingerprint(line.end()), Optional.empty())
            .with(new Lineage(key, modifiedMicros, previousSize, previousFingerprint));
    return line.at(position);
  }

  boolean hasMoreAtHand() throws IOException {
    return reader.hasMoreAtHand();
  }

  /** The position after the last line that was read. */
  ReplayPosition position() {
    return position;
  }

  /** The file's current content; empty if it has none, or no longer holds what was seen. */
  Optional<Ahead> seen() throws IOException {
    long size = content.size();
    return cut || size == 0
        ? Optional.empty()
        : Optional.of(new Ahead(size, Sample.fingerprint(content.file(), size)));
  }

  /**
   * Records the file's size. A smaller one alone does not mean that it was truncated: a network
   * drive corrects a size for which it finds no content.
   *
   * @return whether the size is that of the last look
   */
  boolean look() throws IOException {
    long size = content.size();
    boolean quiet = size == seenSize;
    quietLooks = quiet ? quietLooks + 1 : 0;
    if (!quiet && content.isIntact()) {
      content.see();
      seenSize = size;
    }
    return quiet;
  }

  /** Records a look at a file whose state is unchanged. */
  void countQuietLook() {
    quietLooks++;
  }

  /** Counts the looks without a change from now on. */
  void restartQuietTime() {
    quietLooks = 0;
  }

  /** The number of consecutive looks without a change. */
  int quietLooks() {
    return quietLooks;
  }

  /** Whether the file holds what was read and seen, as far as the samples show. */
  boolean isIntact() throws IOException {
    return !cut && content.isIntact();
  }

  /** Whether the other file holds what was seen of this one. */
  boolean isHeldBy(RotatedFile copy) {
    return copy.state().size() >= seenSize
        && head().length > 0
        && Sample.isPrefix(head(), copy.head());
  }

  /** The first bytes, as sampled or read. */
  byte[] head() {
    return content.head();
  }

  /** Whether the file is empty. */
  boolean isEmpty() throws IOException {
    return content.size() == 0;
  }

  /** The modification time, as last seen. */
  long modifiedMicros() {
    return modifiedMicros;
  }

  /** Whether the file changed after it was last seen. */
  boolean isChanged(FileState now) {
    return now.modifiedMicros() != modifiedMicros;
  }

  /** Records the modification time. */
  void changedAt(long micros) {
    modifiedMicros = micros;
  }

  Path path() {
    return path;
  }

  String key() {
    return key;
  }

  FileContent content() {
    return content;
  }

  /** Marks the file as truncated: it no longer holds what was read. */
  void cut() {
    cut = true;
    content.end();
  }

  /** Marks the file as truncated, and that this was reported. */
  void markCutReported() {
    cut();
    cutReported = true;
  }

  boolean isCutReported() {
    return cutReported;
  }

  boolean isCut() {
    return cut;
  }

  /** Marks that lines before this file may be lost. */
  void afterLoss() {
    afterLoss = true;
  }

  /** Whether lines before this file may be lost; clears the mark. */
  boolean takeLoss() {
    boolean was = afterLoss;
    afterLoss = false;
    return was;
  }

  /** Like {@link #takeLoss}, without clearing the mark. */
  boolean isAfterLoss() {
    return afterLoss;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
