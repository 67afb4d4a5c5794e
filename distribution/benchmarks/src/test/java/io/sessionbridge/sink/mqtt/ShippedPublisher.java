package io.sessionbridge.sink.mqtt;

import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.testkit.TestingConfig;

/** Lets the test beside the bare loop see the settings of the sink, which keeps them to itself. */
public final class ShippedPublisher {

  private ShippedPublisher() {}

  /** How many messages a sink without any key of its own has on their way at most. */
  public static int inFlight() {
    return TestingConfig.read(MqttSinkConfig.SPEC, "{server: \"tcp://broker:1883\"}").maxInFlight();
  }
}
