package io.sessionbridge.e2e.torture;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** The agent's wall clock, which can be set while it runs. Its monotonic clock goes on. */
final class WallClock {

  private final Path library;
  private final Path offset;

  /** Compiles the library that shifts the clock. */
  WallClock(Path folder) throws IOException, InterruptedException {
    this.library = folder.resolve("clock.so");
    this.offset = folder.resolve("clock.offset");
    Path source = folder.resolve("clock.c");
    try (InputStream text =
        Objects.requireNonNull(WallClock.class.getResourceAsStream("/torture/clock.c"))) {
      Files.copy(text, source);
    }
    Process compiler =
        new ProcessBuilder(
                RequiredTool.find("gcc").toString(),
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                source.toString())
            .inheritIO()
            .start();
    if (compiler.waitFor() != 0) {
      throw new IOException("gcc does not compile " + source);
    }
    set(Duration.ZERO);
  }

  /** What the agent's process needs in its environment. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "TORTURE_CLOCK", offset.toString());
  }

  /** Sets the clock so far before or behind the true time. */
  void set(Duration ahead) throws IOException {
    ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    seconds.putLong(ahead.toSeconds()).flip();
    try (FileChannel file =
        FileChannel.open(offset, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(seconds);
    }
  }
}
