package io.sessionbridge.sink.kafka;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.testkit.PageContract;
import java.util.List;

class KafkaSinkPageTest extends PageContract {

  @Override
  protected ConfigSpec<?> spec() {
    return KafkaSinkConfig.SPEC;
  }

  /** The page also has a table of metrics. */
  @Override
  protected List<String> otherKeys() {
    return List.of(
        "kafka_acknowledged_total", "kafka_moved_to_present_total", "kafka_producers_total");
  }
}
