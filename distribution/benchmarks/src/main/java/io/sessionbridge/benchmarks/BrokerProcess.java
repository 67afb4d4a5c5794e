package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The demo's Kafka broker in a process of its own, that can be killed and come back. One thread.
 */
final class BrokerProcess implements AutoCloseable {

  private static final String FIRST_TOPIC = "first";

  private final Path folder;
  private final Pinning pinning;
  private final int port;
  private @Nullable Child process;

  BrokerProcess(Path folder, Pinning pinning) throws IOException {
    this.folder = folder;
    this.pinning = pinning;
    this.port = freePort();
  }

  /** A port that is free at present. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Returns once the broker serves a topic. */
  void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-cp", Bundle.brokerClassPath()));
    command.add("io.sessionbridge.demo.DemoBroker");
    command.addAll(List.of(folder.toString(), Integer.toString(port), FIRST_TOPIC, "1"));
    process = new Child(pinning.broker(command), folder.resolveSibling("broker.log"));
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    Child running = process;
    process = null;
    if (running != null) {
      running.kill();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
