package io.sessionbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.sink.kafka.ShippedProducer;
import org.junit.jupiter.api.Test;

class ProducerLoopTest {

  @Test
  void theBareLoopHasTheSettingsOfTheSink() throws Exception {
    assertThat(ProducerLoop.SETTINGS).isEqualTo(ShippedProducer.settings());
  }
}
