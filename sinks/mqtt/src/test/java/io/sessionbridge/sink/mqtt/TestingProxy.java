package io.sessionbridge.sink.mqtt;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tinyproxy from Debian; accepts {@code laptop} with {@code let-me-out}. */
final class TestingProxy implements AutoCloseable {

  private final Path folder;
  private final int port = TestingPorts.free();
  private final List<Integer> allowed;
  private TestingProcess process;

  /**
   * @param allowed the ports that it connects to
   */
  TestingProxy(Path folder, List<Integer> allowed) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.allowed = allowed;
  }

  int port() {
    return port;
  }

  void start() throws IOException {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "Port " + port,
                "Listen 127.0.0.1",
                "Timeout 60",
                "MaxClients 20",
                "LogLevel Info",
                "BasicAuth laptop let-me-out"));
    allowed.forEach(one -> settings.add("ConnectPort " + one));
    Path file = Files.write(folder.resolve("tinyproxy.conf"), settings);
    String program = RequiredTool.find("tinyproxy").toString();
    process =
        new TestingProcess(
            List.of(program, "-d", "-c", file.toString()),
            List.of(port),
            folder.resolve("tinyproxy.log"));
    process.start();
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
