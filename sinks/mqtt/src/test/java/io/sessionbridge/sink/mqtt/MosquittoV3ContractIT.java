package io.sessionbridge.sink.mqtt;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** MQTT 3.1.1 with Mosquitto. */
final class MosquittoV3ContractIT extends MqttContract {

  @TempDir private static Path brokerFolder;

  @BeforeAll
  static void start() throws Exception {
    begin(new TestingMosquitto(brokerFolder).open(), 0);
  }

  @Override
  String version() {
    return "3.1.1";
  }
}
