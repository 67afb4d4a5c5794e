package io.sessionbridge.sink.kafka;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.testkit.PageContract;

class KafkaSinkPageTest extends PageContract {

  @Override
  protected ConfigSpec<?> spec() {
    return KafkaSinkConfig.SPEC;
  }
}
