package io.sessionbridge.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The agent as a user starts it, from the command to its end. One thread. */
final class AgentProcess implements AutoCloseable {

  private static final long LOOK_EVERY_NANOS = 1_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Process process;
  private final BufferedReader log;
  private final long began;

  private AgentProcess(List<String> command, ProcessBuilder.Redirect input) throws IOException {
    this.began = System.nanoTime();
    this.process =
        new ProcessBuilder(command)
            .redirectInput(input)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    this.log =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
  }

  /** By the start script of the bundle. */
  static AgentProcess shipped(Path config) throws IOException {
    return of(run(config));
  }

  /** By the start script of the bundle, with an {@link #input}. */
  static AgentProcess fed(Path config) throws IOException {
    return new AgentProcess(run(config), ProcessBuilder.Redirect.PIPE);
  }

  private static List<String> run(Path config) {
    return List.of(Bundle.startScript().toString(), "run", "--config", config.toString());
  }

  /** By a command line of its own. */
  static AgentProcess of(List<String> command) throws IOException {
    return new AgentProcess(command, ProcessBuilder.Redirect.from(new File("/dev/null")));
  }

  /** Its standard input. */
  BufferedWriter input() {
    return process.outputWriter(StandardCharsets.UTF_8);
  }

  /** The process id; the start script replaces itself by Java, so it is Java's. */
  long pid() {
    return process.pid();
  }

  /** Waits for the line that says that everything has started; milliseconds from the command on. */
  double awaitReady() throws IOException {
    StringBuilder said = new StringBuilder();
    String line = log.readLine();
    while (line != null && !line.contains(" runs: ")) {
      said.append(line).append('\n');
      line = log.readLine();
    }
    if (line == null) {
      throw new IOException("the agent ended: " + said);
    }
    return (System.nanoTime() - began) / 1e6;
  }

  /** Waits for the first bytes in the file; milliseconds from the command on. */
  double awaitFirst(Path output) throws IOException {
    while (!Files.exists(output) || Files.size(output) == 0) {
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        throw new IOException("nothing in " + output);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    return (System.nanoTime() - began) / 1e6;
  }

  /**
   * As kill does; waits for the end. Its log stays open and is read until then: Java 25 writes a
   * class cache in a process of its own, which dies if it cannot write to the log.
   */
  @Override
  public void close() {
    Thread reader = new Thread(this::readToTheEnd, "log-of-agent");
    reader.setDaemon(true);
    reader.start();
    process.toHandle().destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void readToTheEnd() {
    try {
      log.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      return; // closed, because it did not end and was killed
    }
  }
}
