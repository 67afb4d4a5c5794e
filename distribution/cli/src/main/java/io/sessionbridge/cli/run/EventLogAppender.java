package io.sessionbridge.cli.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.sessionbridge.sink.eventlog.messages.AgentEvent;
import io.sessionbridge.sink.eventlog.messages.EventCategory;
import io.sessionbridge.sink.eventlog.messages.EventIds;
import io.sessionbridge.sink.eventlog.messages.MessageFile;
import io.sessionbridge.text.UntrustedText;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.eventlog.LogEntry;
import io.sessionbridge.windows.eventlog.LogWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Writes the agent's start, stop and errors to an event log. Warnings of a run are only in the
 * agent's own log, since even a broker that is unavailable for a minute causes one.
 *
 * <p>At most {@link #MAX_PER_MINUTE} errors a minute; the next one after them says how many were
 * omitted. Entries that the log refuses are only in the agent's own log.
 */
final class EventLogAppender extends AppenderBase<ILoggingEvent> {

  static final int MAX_PER_MINUTE = 10;
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final int LONGEST = 4_000;

  private final LogWriter log;
  private final Deque<Long> errorTimes = new ArrayDeque<>();
  private boolean open;
  private int omitted;

  EventLogAppender(LogWriter log) {
    this.log = log;
  }

  /** The marker for log messages of that event. */
  static Marker marker(AgentEvent event) {
    return MarkerFactory.getMarker(event.name());
  }

  /** The event of a log message; empty if it is not written here. */
  static Optional<AgentEvent> of(ILoggingEvent message) {
    List<Marker> markers = message.getMarkerList();
    for (AgentEvent event : AgentEvent.values()) {
      if (markers != null && markers.contains(marker(event))) {
        return Optional.of(event);
      }
    }
    return message.getLevel().isGreaterOrEqual(Level.ERROR)
        ? Optional.of(AgentEvent.ERROR)
        : Optional.empty();
  }

  @Override
  protected void append(ILoggingEvent message) {
    of(message)
        .filter(event -> event != AgentEvent.ERROR || isWithinLimit(message.getTimeStamp()))
        .ifPresent(event -> write(entry(event, text(message) + omissions())));
  }

  private boolean isWithinLimit(long now) {
    while (!errorTimes.isEmpty() && now - errorTimes.peekFirst() >= MINUTE_MILLIS) {
      errorTimes.removeFirst();
    }
    if (errorTimes.size() >= MAX_PER_MINUTE) {
      omitted++;
      return false;
    }
    errorTimes.addLast(now);
    return true;
  }

  private String omissions() {
    String note = omitted == 0 ? "" : " (" + omitted + " more errors are in the agent's own log)";
    omitted = 0;
    return note;
  }

  private static String text(ILoggingEvent message) {
    IThrowableProxy cause = message.getThrowableProxy();
    String text = message.getFormattedMessage();
    return cause == null ? text : text + ": " + cause.getClassName() + ": " + cause.getMessage();
  }

  static LogEntry entry(AgentEvent event, String text) {
    LogEntry.Type type =
        switch (event) {
          case STARTED, STOPPED -> LogEntry.Type.INFORMATION;
          case NO_CLASS_CACHE -> LogEntry.Type.WARNING;
          case ERROR, CANNOT_RUN -> LogEntry.Type.ERROR;
        };
    return new LogEntry(
        type,
        EventCategory.AGENT.number(),
        event.id(),
        Optional.empty(),
        List.of(MessageFile.shown(UntrustedText.line(text, LONGEST))));
  }

  private void write(LogEntry entry) {
    if (open && log.write(entry) == ErrorCode.NONE) {
      return;
    }
    open = log.open(EventIds.SOURCE) == ErrorCode.NONE && log.write(entry) == ErrorCode.NONE;
  }

  @Override
  public void stop() {
    super.stop();
    open = false;
    log.close();
  }
}
