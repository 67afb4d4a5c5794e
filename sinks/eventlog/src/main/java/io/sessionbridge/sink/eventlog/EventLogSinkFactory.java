package io.sessionbridge.sink.eventlog;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.Disclosure;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.windows.eventlog.ApplicationLog;
import io.sessionbridge.windows.window.SessionWindow;
import java.util.List;
import java.util.Optional;

/** Creates sinks that write to the Application log of Windows. */
final class EventLogSinkFactory implements SinkFactory<EventLogSinkConfig> {

  /** Each event is one call; a batch stays in memory until the last call has returned. */
  private static final int BATCH_EVENTS = 500;

  @Override
  public String description() {
    return "writes each event to the Application log of Windows";
  }

  @Override
  public Optional<String> unavailable() {
    return SessionWindow.isSupported() ? Optional.empty() : Optional.of("needs Windows");
  }

  @Override
  public ConfigSpec<EventLogSinkConfig> config() {
    return EventLogSinkConfig.SPEC;
  }

  @Override
  public String defaultFormat() {
    return "sentence";
  }

  @Override
  public int batchEvents() {
    return BATCH_EVENTS;
  }

  @Override
  public Disclosure disclosure(EventLogSinkConfig config) {
    return new Disclosure(
        "the Application log of this machine",
        Optional.empty(),
        List.of(
            "The size of the log decides how long events stay there. Programs that forward the log"
                + " send them on."));
  }

  @Override
  public Sink create(SinkContext context, EventLogSinkConfig config) {
    return new EventLogSink(new ApplicationLog());
  }
}
