package io.sessionbridge.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.sink.mqtt.settings.ConnectionTimeouts;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.SinkContract;
import io.sessionbridge.testkit.TcpFaultProxy;
import io.sessionbridge.testkit.TcpFaultProxy.Direction;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of every sink, with a broker behind a proxy that can cut the connection. */
abstract class MqttContract extends SinkContract {

  private static final ConnectionTimeouts SHORT =
      new ConnectionTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(500));

  private static final HostState NOBODY = new HostState(Instant.EPOCH, Health.up(), List.of());
  private static final String ODD = "]\"\\'{}<x>&%s $1 +#/ äß漢\uD83D\uDE00 \u0001\t\r\n\u2028";
  private static final String ODD_LEVEL = "]\"\\'{}<x>&%s $1 ___ äß漢_ _   \u2028";

  // Before the fields of a test, which distinguish the sink's threads from existing ones.
  private static TestingBroker broker;
  private static TcpFaultProxy proxy;
  private static TestingSubscriber subscriber;

  /** The version as in a configuration. */
  abstract String version();

  /**
   * Starts the broker.
   *
   * @param qos of the subscriber: 0, or 1 if the broker drops messages of QoS 0
   */
  static void begin(TestingBroker peer, int qos) throws Exception {
    broker = peer;
    broker.start();
    proxy = TcpFaultProxy.before("127.0.0.1", broker.port());
    subscriber = TestingSubscriber.withQos(broker.port(), qos);
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
  protected final MqttSink create(SinkContext context) {
    return create(context, proxy.address());
  }

  private MqttSink create(SinkContext context, String address) {
    String yaml = "{server: \"tcp://" + address + "\", version: " + version() + "}";
    return new MqttSink(context, TestingConfig.read(MqttSinkConfig.SPEC, yaml), SHORT);
  }

  @Override
  protected final List<String> received() throws Exception {
    subscriber.catchUp();
    return subscriber.ids();
  }

  @Override
  protected final void breakPeer() {
    proxy.refuse();
  }

  @Override
  protected final void healPeer() throws Exception {
    proxy.heal();
  }

  /** The broker learns only from the new connection that the old one is dead. */
  @Test
  final void onlineOutlivesTheWillOfADeadConnection() throws Exception {
    SinkContext context = new TestingSinkContext(Clock.system(), folder);
    MqttSink before = create(context);
    before.connect();
    before.show(NOBODY);
    proxy.blackHole(Direction.TO_SERVER);
    proxy.blackHole(Direction.TO_CLIENT);
    try (MqttSink after = create(context, "127.0.0.1:" + broker.port())) {
      after.connect();
      after.show(NOBODY);
      subscriber.catchUp();
      assertThat(availability()).containsExactly("online", "offline", "online");
      before.close();
      subscriber.catchUp();
      assertThat(availability()).as("what is dead says nothing").hasSize(3);
    }
    subscriber.catchUp();
    assertThat(availability()).containsExactly("online", "offline", "online", "offline");
  }

  private static List<String> availability() {
    return subscriber.on("sessionbridge/WS-TEST/availability").stream()
        .map(TestingSubscriber.Message::text)
        .toList();
  }

  @Test
  final void oddCharactersArriveUnharmed() throws Exception {
    TestingEvents events = new TestingEvents("cloudevents");
    EncodedEvent odd = events.next(odd());
    try (Sink sink = create(new TestingSinkContext(Clock.system(), folder))) {
      sink.connect();
      assertThat(sink.deliver(List.of(odd))).isEqualTo(DeliveryResult.delivered(1));
      subscriber.catchUp();
      assertThat(subscriber.on("sessionbridge/" + ODD_LEVEL + "/event/logon"))
          .extracting(TestingSubscriber.Message::text)
          .containsExactly(new String(odd.body(), UTF_8));
    }
  }

  /** An event with {@link #ODD} in every text field. */
  @SuppressWarnings("unchecked")
  private static EventData odd() {
    EventData.Builder data = TestingEvents.data(Kind.LOGON);
    for (Field<?> field : Field.all()) {
      if (field.type() == String.class) {
        data.put((Field<String>) field, ODD);
      }
    }
    return data.build();
  }

  @Override
  protected final EncodedEvent refused(TestingEvents from) {
    return from.next(
        TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(200 * 1024)).build());
  }
}
