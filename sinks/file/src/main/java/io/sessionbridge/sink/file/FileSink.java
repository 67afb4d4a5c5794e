package io.sessionbridge.sink.file;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes lines to a file, and begins a new one when it is time. One thread, but for check. */
final class FileSink implements Sink {

  private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

  private final FileSinkConfig config;
  private final Storage storage;
  private final Clock clock;
  private final FileNames names;
  private @Nullable LineFile file;
  private volatile Health health = Health.degraded("not opened yet");

  FileSink(FileSinkConfig config, Storage storage, Clock clock) {
    this.config = config;
    this.storage = storage;
    this.clock = clock;
    this.names = new FileNames(config.path());
  }

  @Override
  public void connect() throws DeliveryException {
    close();
    try {
      storage.createFolders(names.folder());
      file = config.rotates() ? openNewest() : openPlain();
      health = Health.up();
    } catch (IOException e) {
      throw new DeliveryException(failed(e), e);
    }
  }

  private LineFile openPlain() throws IOException {
    Path path = config.path();
    return storage.exists(path) ? LineFile.open(storage, path) : LineFile.create(storage, path);
  }

  private LineFile openNewest() throws IOException {
    List<Path> own = ownFiles();
    return own.isEmpty() ? begin() : LineFile.open(storage, own.get(own.size() - 1));
  }

  /** By name, which is by time. */
  private List<Path> ownFiles() throws IOException {
    return storage.list(names.folder()).stream().filter(names::isOwn).toList();
  }

  private LineFile begin() throws IOException {
    Instant time = clock.now();
    Path path = names.at(time);
    while (storage.exists(path)) {
      time = time.plusMillis(1);
      path = names.at(time);
    }
    return LineFile.create(storage, path);
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) {
    LineFile open = file;
    if (open == null) {
      return DeliveryResult.failed(0, List.of(), "the file is not open");
    }
    Lines lines = Lines.of(batch);
    try {
      if (isFull(open, lines.bytes().length)) {
        open = rotate(open);
      }
      open.append(lines.bytes(), config.force());
      health = Health.up();
      return DeliveryResult.settled(batch.size(), lines.rejected());
    } catch (IOException e) {
      return DeliveryResult.failed(0, List.of(), failed(e));
    }
  }

  private boolean isFull(LineFile open, long more) {
    if (open.size() == 0 || !config.rotates()) {
      return false;
    }
    Duration age = Duration.between(names.begun(open.path()), clock.now());
    return config.rotateBytes().filter(most -> open.size() + more > most).isPresent()
        || config.rotateEvery().filter(most -> age.compareTo(most) >= 0).isPresent();
  }

  private LineFile rotate(LineFile full) throws IOException {
    LineFile next = begin();
    file = next;
    full.close();
    if (config.keep().isPresent()) {
      deleteOldest(config.keep().get());
    }
    return next;
  }

  private void deleteOldest(long keep) throws IOException {
    List<Path> own = ownFiles();
    for (Path old : own.subList(0, (int) Math.max(0, own.size() - keep))) {
      try {
        storage.delete(old);
      } catch (IOException e) {
        LOG.warn(
            "{} could not be deleted: {}", old, e.getMessage()); // somebody reads it; next time
      }
    }
  }

  private String failed(IOException e) {
    String message = "path " + config.path() + " cannot be written: " + e.getMessage() + free();
    health = Health.degraded(message);
    return message;
  }

  private String free() {
    try {
      return " (" + storage.usableSpace(names.folder()) / 1024 + " KiB free)";
    } catch (IOException e) {
      return "";
    }
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
      LOG.warn("{} did not close well: {}", open.path(), e.getMessage());
    }
  }
}
