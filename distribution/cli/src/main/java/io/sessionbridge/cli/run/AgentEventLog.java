package io.sessionbridge.cli.run;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.sessionbridge.sink.eventlog.messages.AgentEvent;
import io.sessionbridge.sink.eventlog.messages.EventIds;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.eventlog.ApplicationLog;
import io.sessionbridge.windows.eventlog.LogWriter;
import io.sessionbridge.windows.service.ServiceHost;
import io.sessionbridge.windows.window.SessionWindow;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.LoggerFactory;

/**
 * Writes the agent's start, stop and errors to the Application log of Windows, while it is open.
 * The agent does not depend on it: a separate thread writes, and entries that do not fit into its
 * short queue are only in the agent's own log.
 */
public final class AgentEventLog implements AutoCloseable {

  private static final int QUEUE = 64;
  private static final int FLUSH_MILLIS = 1_000;

  /** Adds an entry regardless of the level of the agent's log. */
  private final BiConsumer<AgentEvent, String> direct;

  /** Detaches it from the agent's log and stops it. */
  private final Runnable end;

  private AgentEventLog(BiConsumer<AgentEvent, String> direct, Runnable end) {
    this.direct = direct;
    this.end = end;
  }

  private static AgentEventLog none() {
    return new AgentEventLog((event, text) -> {}, () -> {});
  }

  /** Drops other messages, to keep the queue free. */
  private static final class OfInterest extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent message) {
      return EventLogAppender.of(message).isPresent() ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
  }

  /**
   * Opens it if enabled; otherwise returns one that does nothing.
   *
   * @param wanted the configured value; empty for the default, which enables it in a service
   */
  static AgentEventLog open(Optional<Boolean> wanted) {
    return wanted.orElseGet(AgentEventLog::isService) ? to(new ApplicationLog()) : none();
  }

  private static boolean isService() {
    return SessionWindow.isSupported() && ServiceHost.events().isPresent();
  }

  static AgentEventLog to(LogWriter log) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return none(); // the log is configured elsewhere
    }
    EventLogAppender target = new EventLogAppender(log);
    target.setContext(context);
    target.setName("event-log");
    target.start();
    AsyncAppender queue = queue(context, target);
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(queue);
    return new AgentEventLog(
        (event, text) -> queue.doAppend(message(root, event, text)),
        () -> {
          root.detachAppender(queue);
          queue.stop();
        });
  }

  private static AsyncAppender queue(LoggerContext context, EventLogAppender target) {
    AsyncAppender queue = new AsyncAppender();
    queue.setContext(context);
    queue.setName("event-log");
    queue.setQueueSize(QUEUE);
    queue.setDiscardingThreshold(0);
    queue.setNeverBlock(true);
    queue.setMaxFlushTime(FLUSH_MILLIS);
    queue.addFilter(new OfInterest());
    queue.addAppender(target);
    queue.start();
    return queue;
  }

  /** Queues an entry, bypassing the agent's own log and its level. */
  void write(AgentEvent event, String text) {
    direct.accept(event, text);
  }

  private static ILoggingEvent message(Logger logger, AgentEvent event, String text) {
    LoggingEvent message =
        new LoggingEvent(
            AgentEventLog.class.getName(), logger, Level.INFO, text, null, new Object[0]);
    message.addMarker(EventLogAppender.marker(event));
    return message;
  }

  /**
   * Writes what nothing else reports, regardless of the configuration. Waits at most one second.
   */
  public static void report(AgentEvent event, String text) {
    report(event, text, new ApplicationLog());
  }

  static void report(AgentEvent event, String text, LogWriter log) {
    Thread writer = new Thread(() -> write(event, text, log), "event-log-report");
    writer.setDaemon(true); // must not keep the process alive if the call hangs
    writer.start();
    try {
      writer.join(FLUSH_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(AgentEvent event, String text, LogWriter log) {
    try (log) {
      if (log.open(EventIds.SOURCE) == ErrorCode.NONE) {
        int unused = log.write(EventLogAppender.entry(event, text));
      }
    }
  }

  /** Waits at most one second for queued entries. */
  @Override
  public void close() {
    end.run();
  }
}
