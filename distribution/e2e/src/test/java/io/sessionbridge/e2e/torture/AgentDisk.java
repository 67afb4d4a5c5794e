package io.sessionbridge.e2e.torture;

import java.io.IOException;
import java.nio.file.Path;

/** The disk under the agent's files, which can stop to answer and can fail. */
final class AgentDisk {

  private static final long WORKS = 0;
  private static final long STALLS = 1;
  private static final long FAILS = 2;

  private final PreloadedLibrary library;

  AgentDisk(Path folder) throws IOException, InterruptedException {
    this.library = new PreloadedLibrary(folder, "disk");
  }

  PreloadedLibrary library() {
    return library;
  }

  /** Whoever writes or forces waits until it works again. */
  void stall() throws IOException {
    library.set(STALLS);
  }

  /** Each write and each force has an I/O error. */
  void fail() throws IOException {
    library.set(FAILS);
  }

  void heal() throws IOException {
    library.set(WORKS);
  }
}
