package io.sessionbridge.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The program in a process of its own. */
final class Program implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final Path out;
  private final Path err;

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Whether a process has not ended; one that nobody has reaped yet has. */
  static boolean runs(long pid) {
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      return false;
    }
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException e) {
      return Files.notExists(Path.of("/proc/self")); // on Linux it has just ended
    }
  }

  static Program start(Path folder, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(hearsInterrupts());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    return new Program(
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start(),
        out,
        err);
  }

  /**
   * Who is started in the background ignores SIGINT, and all it starts inherit that; a Java that
   * does cannot receive Ctrl+C. Empty where env cannot undo it.
   */
  private static List<String> hearsInterrupts() throws IOException {
    List<String> env = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(env);
    trial.add("true");
    try {
      Process tried =
          new ProcessBuilder(trial)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return tried.waitFor() == 0 ? env : List.of();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while env was tried");
    }
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** Sends it what Ctrl+C sends. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-s", "INT", String.valueOf(process.pid())).start().waitFor();
  }

  int exitCode() throws Exception {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + err());
    }
    return process.exitValue();
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    for (long end = System.nanoTime() + LIMIT.toNanos(); !condition.getAsBoolean(); ) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("expected that " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
