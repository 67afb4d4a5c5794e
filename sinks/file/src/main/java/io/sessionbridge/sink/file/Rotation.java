package io.sessionbridge.sink.file;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which file is written, when the next one begins, and which old ones are deleted. For use
 * by one thread.
 */
final class Rotation {

  private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);

  private final FileSinkConfig config;
  private final Storage storage;
  private final Clock clock;
  private final FileNames names;
  private Instant startTime = Instant.MAX;

  Rotation(FileSinkConfig config, Storage storage, Clock clock) {
    this.config = config;
    this.storage = storage;
    this.clock = clock;
    this.names = new FileNames(config.path());
  }

  /** The file to continue; empty if there is none yet. */
  Optional<Path> newest() throws IOException {
    if (!config.rotates()) {
      return storage.exists(config.path()) ? Optional.of(config.path()) : Optional.empty();
    }
    List<Path> own = own();
    return own.isEmpty() ? Optional.empty() : Optional.of(own.get(own.size() - 1));
  }

  /** The files of this rotation, by name and so by time. */
  private List<Path> own() throws IOException {
    return storage.list(names.folder()).stream().filter(names::isOwn).sorted().toList();
  }

  /** The name of a new file, after all existing ones even if the clock was set back. */
  Path next() throws IOException {
    if (!config.rotates()) {
      return config.path();
    }
    Instant now = clock.now();
    Instant afterNewest = newest().map(path -> names.startTime(path).plusMillis(1)).orElse(now);
    return names.at(afterNewest.isAfter(now) ? afterNewest : now);
  }

  /** Sets the file that is written from now on. */
  void continueWith(Path path) {
    startTime = config.rotates() ? names.startTime(path) : Instant.MAX;
  }

  /** True if a file of this size must end before more is written. */
  boolean isDue(long size, long more) {
    if (size == 0 || !config.rotates()) {
      return false;
    }
    Instant now = clock.now();
    // If the clock was set back, the age counts from now.
    startTime = now.isBefore(startTime) ? now : startTime;
    Duration age = Duration.between(startTime, now);
    return config.rotateBytes().filter(most -> size + more > most).isPresent()
        || config.rotateEvery().filter(most -> age.compareTo(most) >= 0).isPresent();
  }

  /** Deletes the oldest files beyond those to keep; a file that cannot be deleted stays for now. */
  void deleteOldest() throws IOException {
    if (config.keep().isEmpty()) {
      return;
    }
    List<Path> own = own();
    long tooMany = own.size() - config.keep().get();
    for (Path old : own.subList(0, (int) Math.max(0, tooMany))) {
      try {
        storage.delete(old);
      } catch (IOException e) {
        LOG.warn("{} could not be deleted, will retry: {}", old, e.getMessage());
      }
    }
  }
}
