package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingEvents;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

/** MQTT 5 with the official image. */
@Testcontainers(disabledWithoutDocker = true)
final class MosquittoContainerIT extends MqttContract {

  @BeforeAll
  static void start() throws Exception {
    begin(new TestingContainer(), 0);
  }

  @Override
  String version() {
    return "5";
  }

  @Test
  void killedBrokerIsFoundAgain() throws Exception {
    try (TestingContainer broker = new TestingContainer()) {
      broker.start();
      String yaml = "{server: \"tcp://127.0.0.1:" + broker.port() + "\", version: 5}";
      try (TestingRig rig = new TestingRig(yaml).connect()) {
        List<EncodedEvent> all = rig.events.next(200);
        rig.deliverAll(all.subList(0, 100));
        broker.kill();
        rig.awaitLoss();
        assertThat(rig.sink.check().isUp()).isFalse();
        broker.start();
        rig.connectAtLast();
        assertThat(rig.sink.check()).isEqualTo(Health.up());
        try (TestingSubscriber late = new TestingSubscriber(broker.port())) {
          late.await(rig.topic("availability"), "online");
          rig.deliverAll(all.subList(100, 200));
          late.catchUp();
          assertThat(late.ids()).isEqualTo(TestingEvents.ids(all.subList(100, 200)));
        }
      }
    }
  }
}
