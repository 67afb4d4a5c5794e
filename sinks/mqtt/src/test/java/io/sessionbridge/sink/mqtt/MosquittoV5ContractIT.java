package io.sessionbridge.sink.mqtt;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** MQTT 5 with Mosquitto. */
final class MosquittoV5ContractIT extends MqttContract {

  @TempDir private static Path brokerFolder;

  @BeforeAll
  static void start() throws Exception {
    begin(new TestingMosquitto(brokerFolder).open(), 0);
  }

  @Override
  String version() {
    return "5";
  }
}
