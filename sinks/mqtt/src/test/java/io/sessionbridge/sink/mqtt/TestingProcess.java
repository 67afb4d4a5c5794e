package io.sessionbridge.sink.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A program that listens on ports. Its output goes to a file, which is shown if it fails. */
final class TestingProcess {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final List<String> command;
  private final List<Integer> ports;
  private final Path log;
  private Process process;

  TestingProcess(List<String> command, List<Integer> ports, Path log) {
    this.command = command;
    this.ports = ports;
    this.log = log;
  }

  /** Returns when it listens on all of them. */
  void start() throws IOException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!ports.stream().allMatch(TestingProcess::listens)) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new IOException(command + " does not listen: " + said());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** SIGTERM. */
  void stop() throws InterruptedException {
    process.destroy();
    awaitEnd();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  private void awaitEnd() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError(command + " does not end");
    }
  }

  String said() throws IOException {
    return Files.readString(log);
  }
}
