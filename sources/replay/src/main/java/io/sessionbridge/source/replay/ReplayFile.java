package io.sessionbridge.source.replay;

import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is read once, to its end at that time. One thread. */
final class ReplayFile implements ReplayInput {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayFile.class);

  private final Tail tail;

  private ReplayFile(Tail tail) {
    this.tail = tail;
  }

  /** Opens the file after the last durable line, if it is still the same file. */
  static ReplayFile open(Path path, Optional<byte[]> resume, Storage storage)
      throws UnreadableException, IOException {
    FileState state = FileState.of(path);
    return new ReplayFile(Tail.open(storage, state, positionIn(state, resume, storage)));
  }

  private static ReplayPosition positionIn(
      FileState state, Optional<byte[]> resume, Storage storage)
      throws UnreadableException, IOException {
    Optional<ReplayPosition> position = resume.flatMap(ReplayPosition::decode);
    if (position.isEmpty()) {
      return ReplayPosition.BEGINNING;
    }
    try (StorageFile file = Tail.open(storage, state)) {
      if (position.get().fits(file)) {
        LOG.info("{} continues after line {}", state.path(), position.get().line());
        return position.get();
      }
    }
    LOG.warn("{} is not the file that was read before: reading it from its start", state.path());
    return ReplayPosition.BEGINNING;
  }

  @Override
  public @Nullable Line read() throws IOException {
    return once(tail.read());
  }

  @Override
  public @Nullable Line readRest() {
    return once(tail.readRest());
  }

  /** Drops the data for following, because this file is not followed. */
  private static @Nullable Line once(@Nullable Line line) {
    if (line == null || line.position() == null) {
      return line;
    }
    ReplayPosition followed = line.position();
    return line.at(
        new ReplayPosition(
            followed.offset(), followed.line(), followed.fingerprint(), Optional.empty()));
  }

  @Override
  public boolean hasMoreAtHand() throws IOException {
    return tail.hasMoreAtHand();
  }

  @Override
  public void close() throws IOException {
    tail.close();
  }
}
