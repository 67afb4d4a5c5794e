package io.sessionbridge.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in a process of its own, which can be killed and started again on the same
 * folder and port. It ends with this process, however that ends. One thread.
 */
final class DemoBrokerProcess implements AutoCloseable {

  private final Path folder;
  private final String topic;
  private final int port;
  private @Nullable Process process;

  DemoBrokerProcess(Path folder, String topic) throws IOException {
    this.folder = folder;
    this.topic = topic;
    this.port = freePort();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Returns when the broker serves. */
  void start() throws IOException, CommandException {
    Path libraries = Home.folder().resolve("lib").resolve("demo");
    if (!Files.isDirectory(libraries)) {
      throw new CommandException(
          "the demo's broker is not in " + libraries + ": unpack the whole program");
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path log = folder.resolveSibling("broker.log");
    Process started =
        new ProcessBuilder(
                java.toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                libraries + "/*",
                "io.sessionbridge.demo.DemoBroker",
                folder.toString(),
                Integer.toString(port),
                topic,
                "3")
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    BufferedReader out =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith("ready")) {
      throw new CommandException("the demo's broker did not start: " + lastLine(log));
    }
  }

  private static String lastLine(Path log) throws IOException {
    return Files.readAllLines(log).stream().reduce((first, second) -> second).orElse("no reason");
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
