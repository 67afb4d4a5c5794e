package io.sessionbridge.cli.receivers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program from the demo's libraries in a JVM of its own, which can be killed and started again
 * with the same arguments. It ends with this process, however that ends: it watches its standard
 * input. One thread.
 */
final class ServerProcess implements AutoCloseable {

  private static final String READY = "ready";

  private final Path libraries;
  private final Path log;
  private final int megabytes;
  private final List<String> program;
  private @Nullable Process process;
  private @Nullable BufferedReader answers;

  /**
   * @param libraries the folder of the program's jars
   * @param log where it says what is wrong
   * @param megabytes of heap at most
   * @param program its class and its arguments
   */
  ServerProcess(Path libraries, Path log, int megabytes, String... program) {
    this.libraries = libraries;
    this.log = log;
    this.megabytes = megabytes;
    this.program = List.of(program);
  }

  void launch() throws IOException {
    if (!Files.isDirectory(libraries)) {
      throw new IOException(
          "the receivers' programs are not in " + libraries + ": unpack the whole program");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                libraries + "/*"));
    command.addAll(program);
    Process started =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    answers =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
  }

  void awaitReady() throws IOException {
    expect(READY);
  }

  /** Gives an order and returns when it is carried out. */
  void order(String word) throws IOException {
    Process running = process;
    if (running == null) {
      throw new IOException(program.get(0) + " does not run");
    }
    Writer orders = running.outputWriter(StandardCharsets.UTF_8);
    orders.write(word + "\n");
    orders.flush();
    expect(word);
  }

  private void expect(String word) throws IOException {
    BufferedReader from = answers;
    String line = from == null ? null : from.readLine();
    if (line == null || !line.startsWith(word)) {
      throw new IOException(program.get(0) + " did not get " + word + ": " + reason());
    }
  }

  /** The first line that is not within a stack trace, since what follows explains it at length. */
  private String reason() throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("demo "))
        .reduce((first, second) -> second)
        .orElse("see " + log);
  }

  /** Kills it as kill -9 does. */
  void kill() throws InterruptedException {
    Process running = process;
    process = null;
    if (running != null) {
      running.destroyForcibly();
      running.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
