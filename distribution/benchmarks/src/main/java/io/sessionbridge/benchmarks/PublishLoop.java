package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/**
 * The least that brings encoded events to an MQTT broker: a plain Paho client with the window of
 * the agent's sink, and messages that are in memory before the clock starts. No journal, no
 * reading, no encoding. Runs in a JVM of its own.
 */
public final class PublishLoop {

  /** Messages on their way at most; a test compares it with the sink's. */
  static final int IN_FLIGHT = 100;

  /** Paho frees a place shortly after it has reported that the message has arrived. */
  private static final int ROOM = 10;

  private static final int QOS = 1;

  /** What is published. */
  private record Recorded(String topic, byte[] body) {}

  private final MqttAsyncClient client;
  private final List<Recorded> messages = new ArrayList<>();
  private final Semaphore places = new Semaphore(IN_FLIGHT);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private PublishLoop(String url) throws MqttException {
    client = new MqttAsyncClient(url, "bare", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setMaxInflight(IN_FLIGHT + ROOM);
    options.setSocketFactory(new BufferedSocketFactory());
    client.connect(options).waitForCompletion();
  }

  /** Arguments: the broker's address. */
  public static void main(String[] args) throws Exception {
    PublishLoop loop = new PublishLoop(args[0]);
    Answers.giveAll(loop::answer);
    loop.client.disconnect().waitForCompletion();
    loop.client.close();
  }

  private String answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "load" -> load(Path.of(words[1]));
      case "send" -> send(Integer.parseInt(words[1])).toLine();
      default -> throw new IllegalArgumentException("unknown: " + words[0]);
    };
  }

  /** Takes what the agent has published: lines with a topic, a tab and a body. */
  private String load(Path recorded) throws IOException {
    for (String line : Files.readAllLines(recorded)) {
      int tab = line.indexOf('\t');
      byte[] body = line.substring(tab + 1).getBytes(StandardCharsets.UTF_8);
      messages.add(new Recorded(line.substring(0, tab), body));
    }
    return "loaded " + messages.size();
  }

  /** From the first message handed over to the last acknowledged. */
  private Work send(int count) throws Exception {
    IMqttActionListener settled = new Settled();
    Work.Watch watch = new Work.Watch();
    for (int i = 0; i < count; i++) {
      Recorded one = messages.get(i % messages.size());
      places.acquire();
      var unused = client.publish(one.topic(), one.body(), QOS, false, null, settled);
    }
    places.acquire(IN_FLIGHT);
    Work work = watch.stop(count);
    places.release(IN_FLIGHT);
    Throwable first = failure.get();
    if (first != null) {
      throw new IOException(first);
    }
    return work;
  }

  private final class Settled implements IMqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      places.release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable e) {
      failure.compareAndSet(null, e);
      places.release();
    }
  }
}
