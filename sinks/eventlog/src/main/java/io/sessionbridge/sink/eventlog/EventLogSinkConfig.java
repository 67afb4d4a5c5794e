package io.sessionbridge.sink.eventlog;

import io.sessionbridge.config.ConfigSpec;

/** What an eventlog sink is told: nothing. There is one Application log, and one source in it. */
record EventLogSinkConfig() {

  static final ConfigSpec<EventLogSinkConfig> SPEC = ConfigSpec.empty(new EventLogSinkConfig());
}
