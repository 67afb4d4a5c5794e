package io.sessionbridge.sink.syslog;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.testkit.PageContract;
import java.util.List;
import java.util.stream.Stream;

class SyslogSinkPageTest extends PageContract {

  @Override
  protected ConfigSpec<?> spec() {
    return SyslogSinkConfig.SPEC;
  }

  /** The page also has the key of the format, and tables of metrics and presets. */
  @Override
  protected List<String> otherKeys() {
    Stream<String> others =
        Stream.of(
            "message",
            "syslog_messages_total",
            "syslog_connections_total",
            "syslog_replayed_total",
            "syslog_truncated_total");
    return Stream.concat(others, Stream.of(Preset.values()).map(Preset::word)).toList();
  }
}
