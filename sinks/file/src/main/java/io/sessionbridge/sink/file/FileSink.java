package io.sessionbridge.sink.file;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines to a file, and rotates it. A batch is settled when all of it is written (and
 * forced). The remains of a failed write are cut before it is repeated.
 */
final class FileSink implements Sink {

  private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

  private final FileSinkConfig config;
  private final Storage storage;
  private final Rotation rotation;
  private final OwnLines own;
  private final Path folder;
  private @Nullable LineFile file;
  private @Nullable Unsettled unsettled;
  private volatile Health health = Health.degraded("not opened yet");

  FileSink(FileSinkConfig config, Storage storage, Rotation rotation, OwnLines own) {
    this.config = config;
    this.storage = storage;
    this.rotation = rotation;
    this.own = own;
    this.folder = FileNames.folderOf(config.path());
  }

  @Override
  public void connect() throws DeliveryException, InterruptedException {
    close();
    try {
      makeFolder();
      Optional<Path> newest = rotation.newest();
      LineFile opened =
          newest.isPresent()
              ? LineFile.open(storage, newest.get(), own, unsettled)
              : LineFile.create(storage, rotation.next());
      use(opened);
      unsettled = null;
    } catch (IOException e) {
      throw new DeliveryException(failed(config.path(), e), e);
    }
  }

  /** Creates the folder, durably. */
  private void makeFolder() throws IOException {
    List<Path> parents = new ArrayList<>();
    for (Path missing = folder; missing.getParent() != null; missing = missing.getParent()) {
      if (storage.exists(missing)) {
        break;
      }
      parents.add(missing.getParent());
    }
    storage.createFolders(folder);
    for (Path parent : parents) {
      storage.forceFolder(parent);
    }
  }

  private void use(LineFile opened) {
    file = opened;
    rotation.continueWith(opened.path());
    health = Health.up();
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException {
    LineFile open = file;
    if (open == null) {
      return DeliveryResult.unavailable(0, List.of(), "path " + config.path() + " is not open");
    }
    Lines lines = Lines.of(batch);
    try {
      LineFile target = fileFor(open, lines.bytes().length);
      append(target, lines);
      health = Health.up();
      return DeliveryResult.settled(batch.size(), lines.rejected());
    } catch (IOException e) {
      return DeliveryResult.unavailable(0, List.of(), failed(open.path(), e));
    }
  }

  /** The open file, or another one if a rotation is due or the path refers to another file. */
  private LineFile fileFor(LineFile open, int more) throws IOException {
    LineFile current = inPlace(open);
    if (!rotation.isDue(current.end(), more)) {
      return current;
    }
    return begin();
  }

  private LineFile inPlace(LineFile open) throws IOException {
    if (open.isInPlace()) {
      return open;
    }
    if (!storage.exists(open.path())) {
      LOG.warn("{} was deleted or moved: creating a new file", open.path());
      return begin();
    }
    LOG.warn("{} was replaced by another file: continuing in that file", open.path());
    LineFile other = LineFile.open(storage, open.path(), own, null);
    close();
    use(other);
    return other;
  }

  private LineFile begin() throws IOException {
    LineFile next = LineFile.create(storage, rotation.next());
    close();
    use(next);
    rotation.deleteOldest();
    return next;
  }

  private void append(LineFile target, Lines lines) throws IOException {
    try {
      target.append(lines.bytes(), config.force());
    } catch (ForeignChangeException e) {
      throw e; // nothing was written, and the change of another program must stay
    } catch (IOException e) {
      unsettled = target.unsettled(lines.bytes());
      throw e;
    }
  }

  private String failed(Path path, IOException cause) throws InterruptedException {
    String message = new FileFailure(path, storage).text(cause);
    health = Health.degraded(message);
    if (cause instanceof ClosedByInterruptException) {
      Thread.interrupted();
      throw new InterruptedException(message);
    }
    return message;
  }

  @Override
  public Health check() {
    return health;
  }

  @Override
  public void close() {
    LineFile open = file;
    file = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (IOException e) {
      LOG.warn("{} could not be closed: {}", open.path(), e.getMessage());
    }
  }
}
