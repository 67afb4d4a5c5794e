package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Eclipse Mosquitto with its default settings, except for the limit of its queue. */
final class MosquittoProcess implements AutoCloseable {

  private final int port;
  private final ServerProcess process;

  /** Returns once it listens. */
  MosquittoProcess(String program, Path folder, Pinning pinning) throws IOException {
    Files.createDirectory(folder);
    this.port = BrokerProcess.freePort();
    List<String> settings =
        List.of(
            "user root", // else, started by root, it becomes a user who may not be there
            "persistence false",
            "listener " + port + " 127.0.0.1",
            "allow_anonymous true",
            "max_queued_messages 0"); // the subscriber that counts shall miss nothing
    Path config = Files.write(folder.resolve("mosquitto.conf"), settings);
    this.process =
        new ServerProcess(
            pinning.broker(List.of(program, "-c", config.toString())),
            folder.resolve("mosquitto.log"),
            List.of(port));
  }

  String url() {
    return "tcp://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
  }
}
