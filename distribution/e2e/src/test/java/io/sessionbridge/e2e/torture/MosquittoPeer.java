package io.sessionbridge.e2e.torture;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Debian's mosquitto, and a subscriber beside it that writes down what it gets. Mosquitto
 * acknowledges from memory, so a kill would lose what it acknowledged; it is ended by SIGTERM, on
 * which it saves the subscriber's session.
 */
final class MosquittoPeer extends Peer {

  private static final int AT_LEAST_ONCE = 1;

  private final Writer out;
  private MqttAsyncClient subscriber;
  private volatile boolean ended;

  MosquittoPeer(Path folder) throws IOException {
    super("mqtt", folder);
    this.out =
        Files.newBufferedWriter(output(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Path output() {
    return folder().resolve("mqtt.out");
  }

  @Override
  List<String> sinkKeys() {
    return List.of("type: mqtt", "server: \"tcp://" + network().address() + "\"", "format: json");
  }

  @Override
  List<String> command() throws IOException {
    Path store = Files.createDirectories(folder().resolve("mosquitto"));
    Path configuration = folder().resolve("mosquitto.conf");
    Files.write(
        configuration,
        List.of(
            "user root",
            "persistence true",
            "persistence_location " + store + "/",
            "max_queued_messages 0",
            "max_inflight_messages 1000",
            "listener " + port() + " 127.0.0.1",
            "allow_anonymous true"));
    return List.of(RequiredTool.find("mosquitto").toString(), "-c", configuration.toString());
  }

  @Override
  void start() throws Exception {
    super.start();
    if (subscriber == null) {
      subscribe();
    }
  }

  private void subscribe() throws MqttException {
    subscriber =
        new MqttAsyncClient(
            "tcp://127.0.0.1:" + port(), "torture-subscriber", new MemoryPersistence());
    subscriber.setCallback(new WritingCallback(this::write, this::connectAgain));
    connect();
    subscriber.subscribe("sessionbridge/+/event/#", AT_LEAST_ONCE).waitForCompletion(10_000);
  }

  private void connect() throws MqttException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(false);
    subscriber.connect(options).waitForCompletion(10_000);
  }

  /**
   * Paho's own reconnecting sometimes sends two CONNECT on one connection; then mosquitto forgets
   * the session, and with it what to send.
   */
  private void connectAgain() {
    Thread thread = new Thread(this::connectUntilConnected, "torture-subscriber");
    thread.setDaemon(true);
    thread.start();
  }

  private void connectUntilConnected() {
    while (!ended && !subscriber.isConnected()) {
      try {
        connect();
      } catch (MqttException stillAway) {
        LockSupport.parkNanos(200_000_000);
      }
    }
  }

  private synchronized void write(byte[] payload) {
    try {
      out.write(new String(payload, StandardCharsets.UTF_8));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void end() throws Exception {
    endOrderly();
  }

  @Override
  synchronized List<Received> received() throws IOException {
    out.flush();
    return EventFile.read(output());
  }

  @Override
  void shutDown() throws Exception {
    ended = true;
    if (subscriber != null) {
      subscriber.disconnectForcibly(0, 1000, false);
      subscriber.close(true);
    }
    super.shutDown();
    out.close();
  }
}
