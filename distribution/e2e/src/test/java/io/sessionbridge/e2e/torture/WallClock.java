package io.sessionbridge.e2e.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The agent's wall clock, which can be set while it runs. Its monotonic clock goes on. */
final class WallClock {

  private final PreloadedLibrary library;

  WallClock(Path folder) throws IOException, InterruptedException {
    this.library = new PreloadedLibrary(folder, "clock");
  }

  PreloadedLibrary library() {
    return library;
  }

  /** Sets the clock so far before or behind the true time. */
  void set(Duration ahead) throws IOException {
    library.set(ahead.toSeconds());
  }
}
