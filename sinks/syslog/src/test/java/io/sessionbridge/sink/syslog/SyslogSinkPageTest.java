package io.sessionbridge.sink.syslog;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.testkit.PageContract;
import java.util.List;

class SyslogSinkPageTest extends PageContract {

  @Override
  protected ConfigSpec<?> spec() {
    return SyslogSinkConfig.SPEC;
  }

  /** The page also tells the key of the format, and has a table of metrics. */
  @Override
  protected List<String> otherKeys() {
    return List.of(
        "message",
        "syslog_messages_total",
        "syslog_connections_total",
        "syslog_replayed_total",
        "syslog_truncated_total");
  }
}
