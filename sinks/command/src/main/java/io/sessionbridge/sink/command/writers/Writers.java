package io.sessionbridge.sink.command.writers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds who may write files. */
interface Writers {

  /** Who else than administrators can modify a file or a folder above it; empty: nobody. */
  Optional<String> others(Path file) throws IOException;
}
