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
  private final String program;
  private final Path place;
  private final List<String> rest;
  private List<String> ports = List.of("0");
  private @Nullable Process process;
  private @Nullable BufferedReader answers;

  /**
   * @param libraries the folder of the program's jars
   * @param log where it says what is wrong
   * @param megabytes of heap at most
   * @param program its class
   * @param place its first argument, where it keeps what it has; the second one is the port
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

  /** Starts it at the port that it had before, if it had one, and returns at once. */
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

  /** Gives an order and returns when it is carried out. */
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
      throw new IOException(program + " does not say " + word + ": " + reason());
    }
    return line.substring(word.length()).strip();
  }

  /** Its last word, without the stack trace that explains it at length. */
  private String reason() throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> !line.startsWith("\t") && !line.startsWith("Caused by"))
        .reduce((first, second) -> second)
        .orElse("it ended without a reason");
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
