package io.sessionbridge.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A receiver that is no program of ours, in a process of its own. One thread. */
final class ServerProcess implements AutoCloseable {

  private static final String[] ALSO = {"/usr/sbin", "/sbin", "/usr/local/sbin"};
  private static final long LOOK_EVERY_NANOS = 10_000_000;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final Process process;
  private final Path log;

  /**
   * Starts it and returns once it listens at all of the ports.
   *
   * @param log for what it says
   * @param ports of TCP
   */
  ServerProcess(List<String> command, Path log, List<Integer> ports) throws IOException {
    this.log = log;
    this.process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    // Our other processes end with their input; this one has none.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    for (int port : ports) {
      awaitListening(port);
    }
  }

  /**
   * Finds a program where a shell and where root's shell would.
   *
   * @param benchmark what needs it
   */
  static String find(String name, String benchmark) throws MissingProgramException {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Arrays.stream(path.split(File.pathSeparator, -1)), Arrays.stream(ALSO))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new MissingProgramException(name, benchmark))
        .toString();
  }

  private void awaitListening(int port) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        process.destroyForcibly();
        throw new IOException("nothing listens at port " + port + ": " + Files.readString(log));
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /** Ends it in order, so that it writes what it still holds. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
