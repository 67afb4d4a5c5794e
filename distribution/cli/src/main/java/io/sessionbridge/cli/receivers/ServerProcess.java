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
 * A program from the demo's libraries in a separate JVM, which can be killed and restarted with the
 * same arguments. It watches its standard input, so it ends with this process. One thread.
 */
final class ServerProcess implements AutoCloseable {

  private static final String READY = "ready";

  private final Path libraries;
  private final Path log;
  private final int megabytes;
  private final String program;
  private final Path place;
  private final List<String> rest;
  private List<String> ports = List.of("0");
  private @Nullable Process process;
  private @Nullable BufferedReader answers;

  /**
   * @param libraries the folder of the program's jars
   * @param log its error output
   * @param megabytes of heap at most
   * @param program its class
   * @param place its first argument, the path of its data; the second one is the port
   * @param rest its other arguments
   */
  ServerProcess(
      Path libraries, Path log, int megabytes, String program, Path place, String... rest) {
    this.libraries = libraries;
    this.log = log;
    this.megabytes = megabytes;
    this.program = program;
    this.place = place;
    this.rest = List.of(rest);
  }

  /** Starts it, on its previous port if it had one, and returns at once. */
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
    command.addAll(List.of(program, place.toString(), ports.get(0)));
    command.addAll(rest);
    Process started =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    answers =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
  }

  void awaitReady() throws IOException {
    ports = List.of(expect(READY).split(" ", -1));
  }

  /** The ports at which it serves, of which clients of the agent's kind use the first. */
  List<String> ports() {
    return ports;
  }

  String address() {
    return "127.0.0.1:" + ports.get(0);
  }

  /** Sends a command and returns when it is executed. */
  void order(String word) throws IOException {
    Process running = process;
    if (running == null) {
      throw new IOException(program + " does not run");
    }
    Writer orders = running.outputWriter(StandardCharsets.UTF_8);
    orders.write(word + "\n");
    orders.flush();
    String unused = expect(word);
  }

  /** Returns what follows the word. */
  private String expect(String word) throws IOException {
    BufferedReader from = answers;
    String line = from == null ? null : from.readLine();
    if (line == null || !line.startsWith(word)) {
      throw new IOException(program + " did not print " + word + ": " + reason());
    }
    return line.substring(word.length()).strip();
  }

  /** The last line of its log without stack traces. */
  private String reason() throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> !line.startsWith("\t") && !line.startsWith("Caused by"))
        .reduce((first, second) -> second)
        .orElse("it ended without a reason");
  }

  /** Kills it like kill -9. */
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
