package io.sessionbridge.sink.mqtt;

import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Properties;

/** Moquette in the process of the tests: MQTT 3.1.1 on any machine. */
final class TestingMoquette implements TestingBroker {

  /**
   * Moquette silently drops a message of QoS 0 while the connection of the subscriber has 64 KiB to
   * send ({@code MQTTConnection.sendIfWritableElseDrop}), and queues one of QoS 1.
   */
  static final int SUBSCRIBER_QOS = 1;

  private final Path folder;
  private final int port = TestingPorts.free();
  private Server server;

  TestingMoquette(Path folder) throws IOException {
    this.folder = folder;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("host", "127.0.0.1");
    properties.setProperty("port", Integer.toString(port));
    properties.setProperty("allow_anonymous", "true");
    properties.setProperty("telemetry_enabled", "false");
    properties.setProperty("persistence_enabled", "false");
    properties.setProperty("data_path", folder.toString());
    server = new Server();
    server.startServer(new MemoryConfig(properties));
    startAllThreads();
  }

  /** Netty starts one per connection, which would look like a thread of the sink. */
  private void startAllThreads() throws IOException {
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stopServer();
      server = null;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
