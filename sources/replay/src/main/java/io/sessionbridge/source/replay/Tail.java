package io.sessionbridge.source.replay;

import io.sessionbridge.source.replay.ReplayPosition.Ahead;
import io.sessionbridge.source.replay.ReplayPosition.Lineage;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open file and how far its lines were read. One thread at a time. */
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
  private boolean cutTold;
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
   * Opens a file behind what was read of it.
   *
   * @throws UnreadableException if it cannot be opened, or is not the one that was seen any more
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

  /** Opens the file that was seen, and no other that has the name meanwhile. */
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
      // it was only read
    }
  }

  private void follows(Lineage before) {
    previousSize = before.previousSize();
    previousFingerprint = before.previousFingerprint();
  }

  /** Takes the place of another file that holds the same lines. */
  void inherits(Tail other) {
    previousSize = other.previousSize;
    previousFingerprint = other.previousFingerprint;
    afterLoss = other.afterLoss;
  }

  /** States which file was read to its end before this one. */
  void follows(Tail before) {
    previousSize = before.position.offset();
    previousFingerprint = before.position.fingerprint();
  }

  /**
   * The next line that has its line end; null at the end of what is there.
   *
   * @throws FileCutException if the file does not hold what was read before
   */
  @Nullable Line read() throws IOException {
    return placed(reader.read());
  }

  /** What stands at the end without a line end; null if nothing does. */
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

  /** Behind the last line that was read. */
  ReplayPosition position() {
    return position;
  }

  /** What the file holds now; empty if that is nothing, or is no more what was seen. */
  Optional<Ahead> seen() throws IOException {
    long size = content.size();
    return cut || size == 0
        ? Optional.empty()
        : Optional.of(new Ahead(size, Sample.fingerprint(content.file(), size)));
  }

  /** Takes note of how the file is now, and that it grew. A file that shrank was cut. */
  void look() throws IOException {
    long size = content.size();
    quietLooks = size == seenSize ? quietLooks + 1 : 0;
    if (size > seenSize && content.isIntact()) {
      content.see();
      seenSize = size;
    }
  }

  /** At how many looks in a row nothing was written to the file. */
  int quietLooks() {
    return quietLooks;
  }

  /** True if the file holds what was read and what was seen, as far as samples tell. */
  boolean isIntact() throws IOException {
    return !cut && content.size() >= seenSize && content.isIntact();
  }

  /** True if the other file holds what was seen of this one. */
  boolean isHeldBy(RotatedFile copy) {
    return copy.state().size() >= seenSize
        && head().length > 0
        && Sample.isPrefix(head(), copy.head());
  }

  /** The first bytes that were seen or read. */
  byte[] head() {
    return content.head();
  }

  /** True if nothing was ever written to the file. */
  boolean isEmpty() throws IOException {
    return content.size() == 0;
  }

  /** When the file was changed, as last seen. */
  long modifiedMicros() {
    return modifiedMicros;
  }

  /** True if the file was changed after it was last seen. */
  boolean isChanged(FileState now) {
    return now.modifiedMicros() != modifiedMicros;
  }

  /** Takes note of when the file was changed. */
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

  /** States that the file does not hold any more what was read. */
  void cut() {
    cut = true;
    content.end();
  }

  /** States that it is cut and that this was told. */
  void cutTold() {
    cut();
    cutTold = true;
  }

  boolean isCutTold() {
    return cutTold;
  }

  boolean isCut() {
    return cut;
  }

  /** States that lines before this file may be lost. */
  void afterLoss() {
    afterLoss = true;
  }

  /** Whether lines before this file may be lost; true once. */
  boolean takeLoss() {
    boolean was = afterLoss;
    afterLoss = false;
    return was;
  }

  /** Like {@link #takeLoss}, and keeps the statement. */
  boolean isAfterLoss() {
    return afterLoss;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
