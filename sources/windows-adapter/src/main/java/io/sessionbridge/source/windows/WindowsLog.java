package io.sessionbridge.source.windows;

import io.sessionbridge.spi.SystemLog;
import io.sessionbridge.windows.eventlog.EventLogReader;
import io.sessionbridge.windows.eventlog.LogPosition;
import io.sessionbridge.windows.eventlog.LogReading;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session records in the event log of this machine. */
final class WindowsLog implements SystemLog {

  private static final Logger LOG = LoggerFactory.getLogger(WindowsLog.class);

  private final BiFunction<LogPosition, Instant, LogReading> reader;
  private final Set<String> logged = new HashSet<>();

  /** Reads nothing yet. */
  WindowsLog() {
    this(new EventLogReader(LogTranslator.SELECTIONS)::read);
  }

  WindowsLog(BiFunction<LogPosition, Instant, LogReading> reader) {
    this.reader = reader;
  }

  @Override
  public synchronized Reading read(Optional<String> position, Instant since) {
    LogPosition from = position.map(LogPosition::parse).orElse(LogPosition.NONE);
    LogReading reading = reader.apply(from, since);
    for (String problem : reading.problems()) {
      if (logged.add(problem)) {
        LOG.warn("events from before this start may be missing: Windows event log: {}", problem);
      }
    }
    return new Reading(
        LogTranslator.translate(reading.records()),
        reading.position().text(),
        reading.incomplete().isEmpty());
  }
}
