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
 * Writes the agent's start, stop and errors to an event log: what an administrator looks for there.
 * Warnings stay in the agent's own log, since a broker that is away for a minute is one.
 *
 * <p>At most {@link #MOST_A_MINUTE} errors a minute; the next one after them says how many were
 * left out. An entry that the log refuses is in the agent's own log alone.
 */
final class EventLogAppender extends AppenderBase<ILoggingEvent> {

  static final int MOST_A_MINUTE = 10;
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final int LONGEST = 4_000;

  private final LogWriter log;
  private final Deque<Long> errorTimes = new ArrayDeque<>();
  private boolean open;
  private int leftOut;

  EventLogAppender(LogWriter log) {
    this.log = log;
  }

  /** Marks a message of the agent's log as that event. */
  static Marker marker(AgentEvent event) {
    return MarkerFactory.getMarker(event.name());
  }

  /** What a message of the agent's log is; empty if it is of no interest here. */
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
        .filter(event -> event != AgentEvent.ERROR || isTimely(message.getTimeStamp()))
        .ifPresent(event -> write(entry(event, text(message) + told())));
  }

  private boolean isTimely(long now) {
    while (!errorTimes.isEmpty() && now - errorTimes.peekFirst() >= MINUTE_MILLIS) {
      errorTimes.removeFirst();
    }
    if (errorTimes.size() >= MOST_A_MINUTE) {
      leftOut++;
      return false;
    }
    errorTimes.addLast(now);
    return true;
  }

  private String told() {
    String told = leftOut == 0 ? "" : " (" + leftOut + " more errors are in the agent's own log)";
    leftOut = 0;
    return told;
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
