package io.sessionbridge.cli.run;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
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
import org.slf4j.LoggerFactory;

/**
 * The agent's start, stop and errors in the Application log of Windows, while it is open. The agent
 * does not depend on it: a thread of its own writes, and what does not fit into its short queue
 * stays in the agent's own log alone.
 */
public final class AgentEventLog implements AutoCloseable {

  private static final int QUEUE = 64;
  private static final int FLUSH_MILLIS = 1_000;

  /** Takes it out of the agent's log and ends it. */
  private final Runnable end;

  private AgentEventLog(Runnable end) {
    this.end = end;
  }

  /** Keeps the queue free for what is written. */
  private static final class OfInterest extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent message) {
      return EventLogAppender.of(message).isPresent() ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
  }

  /**
   * Opens it if it is wanted; otherwise nothing happens until it is closed.
   *
   * @param wanted what the configuration says; empty for what is usual: in a service
   */
  static AgentEventLog open(Optional<Boolean> wanted) {
    return wanted.orElseGet(AgentEventLog::isService)
        ? to(new ApplicationLog())
        : new AgentEventLog(() -> {});
  }

  private static boolean isService() {
    return SessionWindow.isSupported() && ServiceHost.events().isPresent();
  }

  static AgentEventLog to(LogWriter log) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return new AgentEventLog(() -> {}); // somebody else decides where the log goes
    }
    EventLogAppender target = new EventLogAppender(log);
    target.setContext(context);
    target.setName("event-log");
    target.start();
    AsyncAppender queue = queue(context, target);
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(queue);
    return new AgentEventLog(
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

  /** Writes at once why the agent cannot run, whatever is configured: nobody else would tell. */
  public static void cannotRun(String why) {
    try (LogWriter log = new ApplicationLog()) {
      if (log.open(EventIds.SOURCE) == ErrorCode.NONE) {
        int unused = log.write(EventLogAppender.entry(AgentEvent.CANNOT_RUN, why));
      }
    }
  }

  /** Waits a second for what is not written yet. */
  @Override
  public void close() {
    end.run();
  }
}
