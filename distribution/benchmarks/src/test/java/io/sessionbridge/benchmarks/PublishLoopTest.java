package io.sessionbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.sink.mqtt.ShippedPublisher;
import org.junit.jupiter.api.Test;

class PublishLoopTest {

  @Test
  void theBareLoopHasTheWindowOfTheSink() {
    assertThat(PublishLoop.IN_FLIGHT).isEqualTo(ShippedPublisher.inFlight());
  }
}
