package io.sessionbridge.ingest;

import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.spi.Host;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;

/** Session states for tests. */
final class TestingStates {

  private TestingStates() {}

  static SessionStates restore(Storage disk, Path folder, Host host) throws IOException {
    return SessionStates.restore(disk, folder, host.id(), TrackerSettings.ofLiveHost());
  }
}
