package io.sessionbridge.sink.eventlog;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.testkit.PageContract;

class EventLogSinkPageTest extends PageContract {

  @Override
  protected ConfigSpec<?> spec() {
    return EventLogSinkConfig.SPEC;
  }
}
