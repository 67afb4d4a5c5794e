package io.sessionbridge.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.OS;

/** A program of Windows while it runs, for instance the agent. */
final class WindowsProgram implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  WindowsProgram(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line with that text on standard error. */
  WindowsProgram awaitErr(String text) throws Exception {
    try {
      Await.until(() -> err().contains(text));
    } catch (AssertionError e) {
      throw new AssertionError("no '" + text + "' in: " + err(), e);
    }
    return this;
  }

  /** As Ctrl-C in its console, which a test on Windows cannot press. */
  void interrupt() throws Exception {
    if (OS.WINDOWS.isCurrentOs()) {
      abort("nobody can press Ctrl-C here: run this under Wine");
    }
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** How many threads it has, those of Windows too. */
  int threads() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToInt(line -> Integer.parseInt(line.substring("Threads:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  /** As the end of its input. */
  void closeInput() throws IOException {
    process.getOutputStream().close();
  }

  /** As the task manager does. */
  void kill() throws Exception {
    process.destroyForcibly().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** After its end. */
  int exitCode() {
    return process.exitValue();
  }

  void awaitEnd() throws Exception {
    awaitEnd(Duration.ofSeconds(90));
  }

  void awaitEnd(Duration atMost) throws Exception {
    if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still runs: " + err());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
