package io.sessionbridge.sink.mqtt;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Eclipse Mosquitto from Debian. Skips the test if it is not installed. */
final class TestingMosquitto implements TestingBroker {

  private final Path folder;
  private final int port = TestingPorts.free();
  private final List<Integer> ports = new ArrayList<>(List.of(port));
  private final List<String> settings = new ArrayList<>();
  private TestingProcess process;

  TestingMosquitto(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    with("user root");
    with("persistence false");
    with("listener " + port + " 127.0.0.1");
  }

  /** Adds a line to its configuration; listener settings apply to the last listener. */
  TestingMosquitto with(String line) {
    settings.add(line);
    return this;
  }

  /** Allows every client. */
  TestingMosquitto open() {
    return with("allow_anonymous true");
  }

  /** Adds a listener on its own port. */
  int listener() throws IOException {
    int another = TestingPorts.free();
    ports.add(another);
    with("listener " + another + " 127.0.0.1");
    return another;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() throws IOException {
    Path file = Files.write(folder.resolve("mosquitto.conf"), settings);
    String program = RequiredTool.find("mosquitto").toString();
    process =
        new TestingProcess(
            List.of(program, "-v", "-c", file.toString()), ports, folder.resolve("mosquitto.log"));
    process.start();
  }

  @Override
  public void stop() throws InterruptedException {
    process.stop();
  }

  void kill() throws InterruptedException {
    process.kill();
  }

  String said() throws IOException {
    return process.said();
  }

  @Override
  public void close() {
    if (process == null) {
      return;
    }
    try {
      process.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
