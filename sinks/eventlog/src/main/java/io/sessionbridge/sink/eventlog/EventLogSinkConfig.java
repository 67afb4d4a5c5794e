package io.sessionbridge.sink.eventlog;

import io.sessionbridge.config.ConfigSpec;

/**
 * The configuration of an eventlog sink, without keys: there is one Application log with one
 * source.
 */
record EventLogSinkConfig() {

  static final ConfigSpec<EventLogSinkConfig> SPEC = ConfigSpec.empty(new EventLogSinkConfig());
}
