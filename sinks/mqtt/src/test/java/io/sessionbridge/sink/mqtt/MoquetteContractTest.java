package io.sessionbridge.sink.mqtt;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** MQTT 3.1.1 on any machine. */
final class MoquetteContractTest extends MqttContract {

  @TempDir private static Path brokerFolder;

  @BeforeAll
  static void start() throws Exception {
    begin(new TestingMoquette(brokerFolder), TestingMoquette.SUBSCRIBER_QOS);
  }

  @Override
  String version() {
    return "3.1.1";
  }
}
