package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.sink.mqtt.settings.ConnectionTimeouts;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.TestingMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A sink with its environment, which a test drives like the delivery loop. */
final class TestingRig implements SinkContext, AutoCloseable {

  private static final ConnectionTimeouts SHORT =
      new ConnectionTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofMillis(500));

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  final TestingEvents events;
  final MqttSink sink;
  private final Path folder;
  private final TestingHost host = new TestingHost();
  private final TestingMetrics metrics = new TestingMetrics();
  private final Semaphore losses = new Semaphore(0);

  /**
   * @param yaml the sink's entry
   */
  TestingRig(String yaml) {
    this(yaml, "cloudevents");
  }

  TestingRig(String yaml, String format) {
    this(yaml, format, SHORT);
  }

  TestingRig(String yaml, String format, ConnectionTimeouts timeouts) {
    this(yaml, format, timeouts, Path.of("no", "file", "is", "needed"));
  }

  /**
   * @param folder of the sink's files
   */
  TestingRig(String yaml, Path folder) {
    this(yaml, "cloudevents", SHORT, folder);
  }

  private TestingRig(String yaml, String format, ConnectionTimeouts timeouts, Path folder) {
    this.folder = folder;
    events = new TestingEvents(format);
    sink = new MqttSink(this, TestingConfig.read(MqttSinkConfig.SPEC, yaml), timeouts);
  }

  /** Connects and shows the state, like the loop before the first batch. */
  TestingRig connect() throws Exception {
    sink.connect();
    sink.show(now());
    return this;
  }

  /** Connects, with as many attempts as it takes. */
  void connectAtLast() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try {
        connect();
        return;
      } catch (DeliveryException e) {
        assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(end);
      }
    }
  }

  /** Delivers until all are settled. */
  void deliverAll(List<EncodedEvent> batch) throws Exception {
    List<EncodedEvent> rest = batch;
    while (!rest.isEmpty()) {
      DeliveryResult result = sink.deliver(rest.subList(0, Math.min(200, rest.size())));
      rest = rest.subList(result.settled(), rest.size());
      if (result.retry().isPresent() && result.retry().get().reconnect()) {
        connectAtLast();
      }
    }
  }

  /** Why a batch is not settled; fails if it is. */
  String failure(List<EncodedEvent> batch) throws Exception {
    return sink.deliver(batch).retry().orElseThrow().message();
  }

  HostState now(SessionState... sessions) {
    return now(List.of(sessions));
  }

  HostState now(List<SessionState> sessions) {
    return new HostState(NOON, Health.up(), sessions);
  }

  /** Returns when the sink has reported that its connection broke. */
  void awaitLoss() throws InterruptedException {
    assertThat(losses.tryAcquire(20, TimeUnit.SECONDS)).as("a loss is reported").isTrue();
  }

  long count(String counter) {
    return metrics.count(counter);
  }

  String topic(String end) {
    return "sessionbridge/" + host.name() + "/" + end;
  }

  @Override
  public String id() {
    return "presence";
  }

  @Override
  public Host host() {
    return host;
  }

  @Override
  public Clock clock() {
    return Clock.system();
  }

  @Override
  public Path dataFolder() {
    return folder;
  }

  @Override
  public TestingMetrics metrics() {
    return metrics;
  }

  @Override
  public void connectionLost() {
    losses.release();
  }

  @Override
  public void close() {
    sink.close();
  }

  TestingRig closed() {
    close();
    return this;
  }
}
