package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.health.Health;
import io.sessionbridge.sink.mqtt.settings.ConnectionTimeouts;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TcpFaultProxy;
import io.sessionbridge.testkit.TcpFaultProxy.Direction;
import io.sessionbridge.testkit.TestingEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outages of the broker or the network: nothing is lost, the order is kept. */
@Timeout(120)
final class MqttOutageIT {

  @TempDir private Path folder;
  private TestingMosquitto broker;
  private TcpFaultProxy proxy;
  private TestingSubscriber subscriber;

  @BeforeEach
  void start() throws Exception {
    broker = new TestingMosquitto(folder).open();
    broker.start();
    proxy = TcpFaultProxy.before("127.0.0.1", broker.port());
    subscriber = new TestingSubscriber(broker.port());
  }

  @AfterEach
  void stop() throws Exception {
    if (subscriber != null) {
      subscriber.close();
      proxy.close();
    }
    broker.close();
  }

  private TestingRig rig(String version) {
    return new TestingRig("{server: \"" + address() + "\", version: " + version + "}");
  }

  private String address() {
    return "tcp://" + proxy.address();
  }

  private void assertAllArrived(List<EncodedEvent> all) throws Exception {
    subscriber.catchUp();
    assertThat(subscriber.ids().stream().distinct())
        .as("first occurrences")
        .containsExactlyElementsOf(TestingEvents.ids(all));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void absentBrokerIsReportedUntilItIsThere(String version) throws Exception {
    broker.stop();
    try (TestingRig rig =
        new TestingRig(
            "{server: \"tcp://127.0.0.1:" + broker.port() + "\", version: " + version + "}")) {
      String message =
          "tcp://127.0.0.1:"
              + broker.port()
              + " cannot be reached: is the broker up, and is server right? (Connection refused)";
      assertThatThrownBy(rig::connect).isInstanceOf(DeliveryException.class).hasMessage(message);
      assertThat(rig.sink.check()).isEqualTo(Health.degraded(message));
      broker.start();
      rig.connect();
      assertThat(rig.sink.check()).isEqualTo(Health.up());
      assertThat(rig.sink.deliver(rig.events.next(3)).settled()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void brokerKilledUnderLoadLosesNothing(String version) throws Exception {
    try (TestingRig rig = rig(version).connect()) {
      List<EncodedEvent> all = rig.events.next(6_000);
      rig.deliverAll(all.subList(0, 1_000));
      subscriber.awaitMessages(1_000);
      CompletableFuture<Void> restart =
          CompletableFuture.runAsync(
              () -> {
                try {
                  broker.kill();
                  broker.start();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      List<EncodedEvent> rest = all.subList(1_000, 6_000);
      int settled = rig.sink.deliver(rest).settled();
      restart.join();
      subscriber.awaitEnd();
      List<String> seen = new ArrayList<>(subscriber.ids());
      subscriber.close();
      subscriber = new TestingSubscriber(broker.port());
      rig.connectAtLast();
      rig.deliverAll(rest.subList(settled, rest.size()));
      subscriber.catchUp();

      // A killed broker loses messages that it acknowledged and had not forwarded yet.
      List<String> lostByTheBroker = new ArrayList<>(TestingEvents.ids(rest.subList(0, settled)));
      lostByTheBroker.removeAll(seen);
      seen.addAll(subscriber.ids());
      List<String> wanted = new ArrayList<>(TestingEvents.ids(all));
      wanted.removeAll(lostByTheBroker);
      assertThat(seen.stream().distinct().toList().equals(wanted))
          .as("all in order but %s", lostByTheBroker)
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void connectionResetUnderLoadLosesNothing(String version) throws Exception {
    try (TestingRig rig = rig(version).connect()) {
      List<EncodedEvent> all = rig.events.next(5_000);
      CompletableFuture<Void> cuts =
          CompletableFuture.runAsync(
              () -> {
                for (int seen : List.of(500, 2_000, 3_500)) {
                  subscriber.awaitMessages(seen);
                  proxy.cut();
                }
              });
      rig.deliverAll(all);
      cuts.join();
      assertAllArrived(all);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void blackHoleIsFoundByTheMissingAcknowledgement(String version) throws Exception {
    try (TestingRig rig = rig(version).connect()) {
      List<EncodedEvent> all = rig.events.next(500);
      rig.deliverAll(all.subList(0, 100));
      proxy.blackHole(Direction.TO_CLIENT);
      String message =
          address()
              + " does not answer: no acknowledgement within 3 s, or no answer to a ping within"
              + " keep_alive";
      assertThat(rig.failure(all.subList(100, 300))).isEqualTo(message);
      assertThat(rig.sink.check()).isEqualTo(Health.degraded(message));
      proxy.heal();
      rig.connectAtLast();
      rig.deliverAll(all.subList(100, 500));
      assertAllArrived(all);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void blackHoleIsFoundByAPingWhenThereIsNothingToSend(String version) throws Exception {
    try (TestingRig rig =
        new TestingRig(
            "{server: \"" + address() + "\", keep_alive: 1s, version: " + version + "}")) {
      rig.connect();
      proxy.blackHole(Direction.TO_SERVER);
      rig.awaitLoss();
      assertThat(rig.sink.check().isUp()).isFalse();
      assertThatThrownBy(rig.sink::probe).isInstanceOf(DeliveryException.class);
      proxy.heal();
      rig.connectAtLast();
      assertThat(rig.sink.check()).isEqualTo(Health.up());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void connackThatNeverComesIsWaitedForNoLongerThanAllowed(String version) throws Exception {
    proxy.stall(Direction.TO_CLIENT);
    ConnectionTimeouts little =
        new ConnectionTimeouts(
            Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofMillis(500));
    try (TestingRig rig =
        new TestingRig(
            "{server: \"" + address() + "\", version: " + version + "}", "cloudevents", little)) {
      assertThatThrownBy(rig::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage(
              address()
                  + " does not answer CONNECT within 2.0 s: is it a broker, and does server have"
                  + " the right scheme for its port?");
      proxy.heal();
      rig.connect();
      assertThat(rig.sink.deliver(rig.events.next(3)).settled()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void brokerThatReadsNothingTimesOut(String version) throws Exception {
    try (TestingRig rig = rig(version).connect()) {
      List<EncodedEvent> all = rig.events.next(3_000);
      proxy.stall(Direction.TO_SERVER);
      assertThat(rig.failure(all)).startsWith(address() + " does not answer");
      proxy.heal();
      rig.connectAtLast();
      rig.deliverAll(all);
      assertAllArrived(all);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void halfClosedConnectionIsAbandoned(String version) throws Exception {
    try (TestingRig rig = rig(version).connect()) {
      List<EncodedEvent> all = rig.events.next(300);
      rig.deliverAll(all.subList(0, 100));
      proxy.halfClose(Direction.TO_CLIENT);
      rig.awaitLoss();
      assertThat(rig.sink.check()).isEqualTo(Health.degraded(address() + " closed the connection"));
      rig.deliverAll(all.subList(100, 300));
      assertAllArrived(all);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void nameThatCannotBeResolvedIsReported(String version) {
    try (TestingRig rig =
        new TestingRig("{server: \"tcp://nowhere.invalid\", version: " + version + "}")) {
      assertThatThrownBy(rig::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage("the name nowhere.invalid in server cannot be resolved");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void serverThatHangsUpIsReported(String version) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        TestingRig rig =
            new TestingRig(
                "{server: \"tcp://127.0.0.1:"
                    + server.getLocalPort()
                    + "\", version: "
                    + version
                    + "}")) {
      CompletableFuture<Void> hangUp =
          CompletableFuture.runAsync(
              () -> {
                try {
                  server.accept().close();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      assertThatThrownBy(rig::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessageStartingWith(
              "tcp://127.0.0.1:"
                  + server.getLocalPort()
                  + " closes the connection before it answers CONNECT: does server have the right"
                  + " scheme for its port, and does the broker support version "
                  + version
                  + "?");
      hangUp.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void closeDoesNotWaitForABrokerThatIsSilent(String version) throws Exception {
    try (TestingRig rig = rig(version).connect()) {
      proxy.blackHole(Direction.TO_SERVER);
      proxy.blackHole(Direction.TO_CLIENT);
      long start = System.nanoTime();
      Thread.currentThread().interrupt();
      rig.sink.close();
      assertThat(Thread.interrupted()).as("the interrupt is kept for the caller").isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("Paho alone would wait 30 s")
          .isLessThan(Duration.ofSeconds(20));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void connectCanBeInterrupted(String version) throws Exception {
    proxy.stall(Direction.TO_CLIENT);
    try (TestingRig rig = rig(version)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(rig.sink::connect).isInstanceOf(InterruptedException.class);
      proxy.heal();
      rig.connect();
      assertThat(rig.sink.check()).isEqualTo(Health.up());
    }
  }
}
