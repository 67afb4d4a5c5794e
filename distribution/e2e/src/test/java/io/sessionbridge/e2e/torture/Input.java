package io.sessionbridge.e2e.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes numbered lines into the file that the agent follows, and rotates it. */
final class Input {

  private static final int AT_ONCE = 10;
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final Path file;
  private final AtomicInteger lines = new AtomicInteger();
  private final Thread thread = new Thread(this::write, "torture-input");
  private int rotations;
  private volatile boolean closing;

  Input(Path folder) {
    this.file = folder.resolve("in.jsonl");
  }

  void start() throws IOException {
    Files.createFile(file);
    thread.start();
  }

  /** How many lines were written so far, numbered from 1. */
  int lines() {
    return lines.get();
  }

  private void write() {
    try {
      while (!closing) {
        append();
        Pause.of(BETWEEN);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void append() throws IOException {
    StringBuilder some = new StringBuilder();
    for (int i = 0; i < AT_ONCE; i++) {
      some.append("{\"time\":\"2026-11-20T08:00:00Z\",\"kind\":\"logon\",")
          .append("\"user_name\":\"u")
          .append(lines.get() + i + 1)
          .append("\"}\n");
    }
    Files.writeString(file, some, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    lines.addAndGet(AT_ONCE);
  }

  /** Moves the file away, as logrotate does; the next line makes a new one. */
  synchronized void rotate() throws IOException {
    if (Files.exists(file)) {
      rotations++;
      Path old = file.resolveSibling("in.jsonl." + rotations);
      Files.move(file, old, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Writes no more lines. */
  void end() throws InterruptedException {
    closing = true;
    thread.join();
  }
}
