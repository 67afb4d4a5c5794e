package io.sessionbridge.sink.mqtt;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.SinkContract;
import io.sessionbridge.testkit.TcpFaultProxy;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** The contract of every sink, with a broker that a proxy takes away. */
abstract class MqttContract extends SinkContract {

  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(500));

  // Before the fields of a test, which tell the sink's threads from those that were there.
  private static TestingBroker broker;
  private static TcpFaultProxy proxy;
  private static TestingSubscriber subscriber;

  /** As the configuration has it. */
  abstract String version();

  static void begin(TestingBroker peer) throws Exception {
    broker = peer;
    broker.start();
    proxy = TcpFaultProxy.before("127.0.0.1", broker.port());
    subscriber = new TestingSubscriber(broker.port());
  }

  @AfterEach
  final void forget() throws Exception {
    subscriber.catchUp();
    subscriber.forget();
    proxy.heal();
  }

  @AfterAll
  static void end() throws Exception {
    if (subscriber != null) {
      subscriber.close();
      proxy.close();
    }
    broker.close();
  }

  @Override
  protected final Sink create(SinkContext context) {
    String yaml = "{server: \"tcp://" + proxy.address() + "\", version: " + version() + "}";
    return new MqttSink(context, TestingConfig.read(MqttSinkConfig.SPEC, yaml), SHORT);
  }

  @Override
  protected final List<String> received() throws Exception {
    subscriber.catchUp();
    return subscriber.ids();
  }

  @Override
  protected final boolean breakPeer() {
    proxy.refuse();
    return true;
  }

  @Override
  protected final void healPeer() throws Exception {
    proxy.heal();
  }

  @Override
  protected final Optional<EncodedEvent> refused(TestingEvents from) {
    return Optional.of(
        from.next(TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(200 * 1024)).build()));
  }
}
