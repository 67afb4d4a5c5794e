package io.sessionbridge.e2e.torture;

import io.sessionbridge.testkit.TcpFaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A receiver in a process of its own, that the agent reaches through a network that can fail. */
abstract class Peer {

  private static final Duration START = Duration.ofMinutes(10);

  private final String id;
  private final Path folder;
  private final int port;
  private final TcpFaultProxy network;
  private Process process;

  Peer(String id, Path folder) throws IOException {
    this.id = id;
    this.folder = folder;
    this.port = freePort();
    this.network = TcpFaultProxy.before("127.0.0.1", port);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The id of the sink that sends to it. */
  final String id() {
    return id;
  }

  final Path folder() {
    return folder;
  }

  final int port() {
    return port;
  }

  final TcpFaultProxy network() {
    return network;
  }

  /** Whether the agent goes through the proxy, so that the network's faults mean something. */
  boolean isBehindProxy() {
    return true;
  }

  /** The lines of its sink in the configuration. */
  abstract List<String> sinkKeys();

  abstract List<String> command() throws IOException;

  /** Everything that arrived so far, in its order. */
  abstract List<Received> received() throws Exception;

  void start() throws Exception {
    process =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(id + ".log").toFile()))
            .start();
    long end = System.nanoTime() + START.toNanos();
    while (!isListening()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IOException(id + " does not listen on port " + port + "; see its log");
      }
      Pause.of(Duration.ofMillis(50));
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it in the hardest way that keeps what it acknowledged. */
  void end() throws Exception {
    process.destroyForcibly().waitFor();
  }

  /** Ends it by a signal that it may answer. */
  final void endOrderly() throws Exception {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IOException(id + " did not end within 20 s");
    }
  }

  final void signal(String name) throws Exception {
    Signals.send(process.pid(), name);
  }

  /** Ends it for good. */
  void shutDown() throws Exception {
    network.close();
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }
}
