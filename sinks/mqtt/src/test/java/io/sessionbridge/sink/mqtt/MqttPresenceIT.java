package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.sink.mqtt.TestingSubscriber.Message;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.testkit.TcpFaultProxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Online, offline, and the state of the host. */
@Timeout(60)
final class MqttPresenceIT {

  private static final SessionState LOCKED =
      new SessionState(
          2,
          Optional.of("kim"),
          Optional.of("CONTOSO"),
          Optional.of(true),
          Optional.empty(),
          Kind.LOCK,
          Instant.parse("2026-11-20T11:59:00Z"));

  private static final String NOBODY =
      "{\"time\":\"2026-11-20T12:00:00.000000Z\","
          + "\"host_id\":\"6f0c8f6e-5a52-5d0b-9c57-1f0a2b3c4d5e\",\"host_name\":\"WS-TEST\","
          + "\"health\":\"up\",\"sessions\":[]}";

  private static final String SOMEBODY =
      NOBODY.replace(
          "[]",
          "[{\"session_id\":2,\"user_name\":\"kim\",\"user_domain\":\"CONTOSO\",\"locked\":true,"
              + "\"last_kind\":\"lock\",\"last_time\":\"2026-11-20T11:59:00.000000Z\"}]");

  @TempDir private Path folder;
  private TestingMosquitto broker;
  private TcpFaultProxy proxy;

  @BeforeEach
  void start() throws Exception {
    broker = new TestingMosquitto(folder).open();
    broker.start();
    proxy = TcpFaultProxy.before("127.0.0.1", broker.port());
  }

  @AfterEach
  void stop() {
    if (proxy != null) {
      proxy.close();
    }
    broker.close();
  }

  private TestingRig rig(String version) {
    return new TestingRig("{server: \"tcp://" + proxy.address() + "\", version: " + version + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void stateComesFirstThenOnlineThenTheBacklog(String version) throws Exception {
    try (TestingSubscriber subscriber = new TestingSubscriber(broker.port());
        TestingRig rig = rig(version)) {
      rig.sink.connect();
      rig.sink.show(rig.now(LOCKED));
      assertThat(rig.sink.deliver(rig.events.next(1)).settled()).isEqualTo(1);
      rig.sink.close();
      subscriber.await(rig.topic("availability"), "offline");
      assertThat(subscriber.messages())
          .extracting(Message::topic)
          .containsExactly(
              rig.topic("state"),
              rig.topic("availability"),
              rig.topic("event/lock"),
              rig.topic("availability"));
      assertThat(subscriber.on(rig.topic("state")))
          .extracting(Message::text)
          .containsExactly(SOMEBODY);
      assertThat(subscriber.on(rig.topic("availability")))
          .extracting(Message::text)
          .containsExactly("online", "offline");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void aLaterSubscriberFindsTheLastStateAndOffline(String version) throws Exception {
    try (TestingRig rig = rig(version)) {
      rig.sink.connect();
      rig.sink.show(rig.now(LOCKED));
      assertThat(rig.sink.deliver(rig.events.next(1)).settled()).isEqualTo(1);
    }
    try (TestingSubscriber late = new TestingSubscriber(broker.port());
        TestingRig unused = rig(version)) {
      late.catchUp();
      assertThat(late.messages())
          .containsExactlyInAnyOrder(
              new Message(unused.topic("state"), SOMEBODY, true),
              new Message(unused.topic("availability"), "offline", true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void brokerPublishesOfflineWhenTheConnectionBreaks(String version) throws Exception {
    try (TestingSubscriber subscriber = new TestingSubscriber(broker.port());
        TestingRig rig = rig(version).connect()) {
      subscriber.await(rig.topic("availability"), "online");
      proxy.cut();
      subscriber.await(rig.topic("availability"), "offline");
      rig.awaitLoss();
      rig.connectAtLast();
      subscriber.await(rig.topic("availability"), "online");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void eachShowPublishesTheState(String version) throws Exception {
    try (TestingSubscriber subscriber = new TestingSubscriber(broker.port());
        TestingRig rig = rig(version).connect()) {
      rig.sink.show(rig.now(LOCKED));
      rig.sink.connect();
      rig.sink.show(rig.now(LOCKED));
      subscriber.catchUp();
      assertThat(subscriber.on(rig.topic("state")))
          .extracting(Message::text)
          .containsExactly(NOBODY, SOMEBODY, SOMEBODY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void everythingIsBackAfterARestartWithoutAnEvent(String version) throws Exception {
    try (TestingRig rig = rig(version)) {
      rig.sink.connect();
      rig.sink.show(rig.now(LOCKED));
      broker.stop();
      rig.awaitLoss();
      broker.start();
      rig.sink.connect();
      rig.sink.show(rig.now(LOCKED));
      try (TestingSubscriber late = new TestingSubscriber(broker.port())) {
        late.await(rig.topic("availability"), "online");
        late.await(rig.topic("state"), SOMEBODY);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void nothingIsPublishedWithoutPresence(String version) throws Exception {
    try (TestingSubscriber subscriber = new TestingSubscriber(broker.port())) {
      TestingRig rig =
          new TestingRig(
              "{server: \"tcp://"
                  + proxy.address()
                  + "\", presence: false, version: "
                  + version
                  + "}");
      rig.connect();
      assertThat(rig.sink.deliver(rig.events.next(1)).settled()).isEqualTo(1);
      proxy.cut();
      rig.awaitLoss();
      rig.close();
      subscriber.catchUp();
      assertThat(subscriber.messages())
          .extracting(Message::topic)
          .isEqualTo(List.of(rig.topic("event/lock")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void checkOfTheConnectionPublishesNothing(String version) throws Exception {
    try (TestingSubscriber subscriber = new TestingSubscriber(broker.port());
        TestingRig rig = rig(version)) {
      rig.sink.connect();
      rig.sink.close();
      subscriber.catchUp();
      assertThat(subscriber.messages()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void atMostOnceArrivesWhereNothingFails(String version) throws Exception {
    try (TestingSubscriber subscriber = new TestingSubscriber(broker.port());
        TestingRig rig =
            new TestingRig(
                "{server: \"tcp://" + proxy.address() + "\", qos: 0, version: " + version + "}")) {
      rig.connect();
      assertThat(rig.sink.deliver(rig.events.next(1_000)).settled()).isEqualTo(1_000);
      rig.sink.close();
      subscriber.await(rig.topic("availability"), "offline");
      assertThat(subscriber.ids()).hasSize(1_000);
    }
  }
}
