package io.sessionbridge.sink.file;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import io.sessionbridge.storage.WriteAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks whether the sink could open its file; neither creates nor changes it. */
final class FileCheck implements Sink {

  private final FileSinkConfig config;
  private final Storage storage;
  private final Rotation rotation;
  private final OwnLines own;

  FileCheck(FileSinkConfig config, Storage storage, Rotation rotation, OwnLines own) {
    this.config = config;
    this.storage = storage;
    this.rotation = rotation;
    this.own = own;
  }

  @Override
  public void connect() throws DeliveryException {
    Path path = config.path();
    try {
      path = rotation.newest().orElse(path);
      if (storage.exists(path)) {
        try (StorageFile file = storage.openReadOnly(path)) {
          FileEnd unused = FileEnd.of(file, own);
        }
      }
    } catch (IOException e) {
      throw new DeliveryException(new FileFailure(path, storage).text(e), e);
    }
    Optional<String> why = WriteAccess.problem(path);
    if (why.isPresent()) {
      throw new DeliveryException("path " + path + " cannot be written: " + why.get());
    }
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) {
    return DeliveryResult.unavailable(0, List.of(), "this sink only checks the file");
  }

  @Override
  public Health check() {
    return Health.up();
  }

  @Override
  public void close() {
    // nothing is open
  }
}
