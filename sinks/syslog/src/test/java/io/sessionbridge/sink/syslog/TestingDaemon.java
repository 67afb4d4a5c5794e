package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.clock.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real receiver in its own process, which writes a line for each message. */
final class TestingDaemon implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> command;
  private final Map<String, String> environment;
  private final int port;
  private final boolean stream;
  private final Path output;
  private final Path log;
  private @Nullable Process process;

  /**
   * @param stream whether the port is TCP, so that its readiness can be detected
   * @param output the file with the lines
   */
  TestingDaemon(
      List<String> command,
      Map<String, String> environment,
      int port,
      boolean stream,
      Path output) {
    this.command = command;
    this.environment = environment;
    this.port = port;
    this.stream = stream;
    this.output = output;
    this.log = output.resolveSibling("daemon.log");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  void start() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process started = builder.start();
    process = started;
    await("the receiver listens", () -> !started.isAlive() || listens());
    if (!started.isAlive()) {
      throw new IOException(String.join(" ", command) + "\n" + Files.readString(log));
    }
  }

  private boolean listens() throws IOException {
    if (!stream) {
      String local = String.format(":%04X ", port);
      return Files.readString(Path.of("/proc/net/udp")).contains(local);
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("localhost", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Like {@code kill -9}. */
  void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the receiver cannot be killed");
      }
    }
  }

  /** In an orderly way, like the system. */
  void stop() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroy();
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        kill();
      }
    }
  }

  List<String> lines() throws IOException {
    if (!Files.exists(output)) {
      return List.of();
    }
    String text = new String(Files.readAllBytes(output), UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /** All lines, once there are this many. */
  List<String> awaitLines(int atLeast) throws IOException, InterruptedException {
    await(atLeast + " lines", () -> lines().size() >= atLeast);
    return lines();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private void await(String what, Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Clock.Signal never = Clock.system().signal();
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "not within 30 s: "
                + what
                + "; lines "
                + lines().size()
                + "\n"
                + Files.readString(log));
      }
      boolean unused = never.await(Duration.ofMillis(20));
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
