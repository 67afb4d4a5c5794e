package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sessionbridge.health.Health;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two sinks with one client id at a real broker. */
@Timeout(120)
final class MqttClientIdConflictIT {

  /** By then one of the two must have reported it. */
  private static final int MOST_CONNECTIONS = 20;

  @TempDir private Path folder;
  private TestingMosquitto broker;

  @BeforeEach
  void start() throws Exception {
    broker = new TestingMosquitto(folder).open();
    broker.start();
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private TestingRig rig(String version) {
    return new TestingRig(
        "{server: \"tcp://127.0.0.1:"
            + broker.port()
            + "\", client_id: twin, version: "
            + version
            + "}");
  }

  /** Mosquitto does not report the reason with version 5 either. */
  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void isRecognized(String version) throws Exception {
    try (TestingRig first = rig(version);
        TestingRig second = rig(version)) {
      TestingRig victim = first;
      TestingRig rival = second;
      victim.connectAtLast();
      rival.connectAtLast();
      String message = "";
      for (int i = 2; i < MOST_CONNECTIONS; i++) {
        victim.awaitLoss();
        message = catchThrowable(victim.sink::probe).getMessage();
        if (message.contains("client id")) {
          break;
        }
        assertThat(message).contains("closed the connection");
        victim.connectAtLast();
        TestingRig next = victim;
        victim = rival;
        rival = next;
      }
      assertThat(message)
          .startsWith("another client probably uses the client id twin, because the broker closed")
          .as("what happened stays beside the suspicion")
          .endsWith("closed the connection");
      assertSlow(victim);
    }
  }

  private static void assertSlow(TestingRig victim) throws Exception {
    long connections = victim.count("mqtt_connections_total");
    assertThat(victim.sink.check().status()).isEqualTo(Health.Status.DEGRADED);
    assertThat(victim.sink.check().detail()).contains("uses the client id twin");
    assertThat(catchThrowable(victim.sink::connect)).hasMessageContaining("the client id twin");
    assertThat(victim.count("mqtt_connections_total")).isEqualTo(connections);
  }
}
