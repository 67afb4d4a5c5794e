package io.sessionbridge.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.cli.StopSignal;
import io.sessionbridge.sink.eventlog.messages.AgentEvent;
import io.sessionbridge.windows.eventlog.LogEntry;
import io.sessionbridge.windows.eventlog.LogWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

@Timeout(60)
class EventLogAppenderTest {

  private static final class Log implements LogWriter {
    private final List<LogEntry> entries = new ArrayList<>();
    private int error;
    private int opened;
    private boolean closed;
    private boolean staleHandle;

    @Override
    public synchronized int open(String source) {
      opened++;
      staleHandle = false;
      return error;
    }

    @Override
    public synchronized int write(LogEntry entry) {
      int result = staleHandle ? 6 : error;
      if (result == 0) {
        entries.add(entry);
      }
      return result;
    }

    synchronized List<String> texts() {
      return entries.stream().map(entry -> entry.id() + " " + entry.strings().get(0)).toList();
    }

    @Override
    public synchronized void close() {
      closed = true;
    }
  }

  @TempDir private Path folder;
  private final LoggerContext context = new LoggerContext();
  private final Log log = new Log();
  private final EventLogAppender appender = new EventLogAppender(log);
  private long now = Instant.parse("2026-11-20T08:00:00Z").toEpochMilli();

  private void append(Level level, String text, AgentEvent... marked) {
    LoggingEvent event =
        new LoggingEvent("x", context.getLogger("x"), level, text, null, new Object[0]);
    event.setTimeStamp(now);
    for (AgentEvent mark : marked) {
      event.addMarker(EventLogAppender.marker(mark));
    }
    appender.start();
    appender.doAppend(event);
  }

  @Test
  void writesStartStopAndErrorsAlone() {
    append(Level.INFO, "it runs", AgentEvent.STARTED);
    append(Level.INFO, "something");
    append(Level.WARN, "a broker is away");
    append(Level.ERROR, "the journal cannot be written");
    append(Level.ERROR, "a part ended", AgentEvent.CANNOT_RUN);
    append(Level.INFO, "it stopped", AgentEvent.STOPPED);
    assertThat(log.texts())
        .containsExactly(
            "901 it runs",
            "903 the journal cannot be written",
            "904 a part ended",
            "902 it stopped");
    assertThat(log.entries)
        .extracting(LogEntry::type)
        .containsExactly(
            LogEntry.Type.INFORMATION,
            LogEntry.Type.ERROR,
            LogEntry.Type.ERROR,
            LogEntry.Type.INFORMATION);
    assertThat(log.entries).allMatch(entry -> entry.category() == 4);
    assertThat(log.opened).isEqualTo(1);
  }

  @Test
  void isHarmlessToWhoReadsIt() {
    append(Level.ERROR, "a\r\nb\u001B[2J %1 " + "x".repeat(10_000));
    String text = log.entries.get(0).strings().get(0);
    assertThat(text).startsWith("a  b\uFFFD[2J \uFF051 x").hasSize(4_000).endsWith("x [cut]");
  }

  @Test
  void limitsErrorsAndSaysHowMany() {
    IntStream.range(0, 25).forEach(i -> append(Level.ERROR, "error " + i));
    assertThat(log.entries).hasSize(EventLogAppender.MAX_PER_MINUTE);
    append(Level.INFO, "it stopped", AgentEvent.STOPPED);
    now += 60_000;
    append(Level.ERROR, "later");
    assertThat(log.texts().subList(10, 12))
        .containsExactly("902 it stopped (15 more errors are in the agent's own log)", "903 later");
  }

  @Test
  void opensAgainAfterAFailure() {
    append(Level.ERROR, "first");
    log.error = 1722;
    append(Level.ERROR, "second");
    append(Level.ERROR, "third");
    log.error = 0;
    append(Level.ERROR, "fourth");
    assertThat(log.texts()).containsExactly("903 first", "903 fourth");
    assertThat(log.opened).isEqualTo(4);
  }

  /** After a restart of the service. */
  @Test
  void losesNothingWithItsHandle() {
    append(Level.ERROR, "first");
    log.staleHandle = true;
    append(Level.ERROR, "second");
    assertThat(log.texts()).containsExactly("903 first", "903 second");
  }

  @Test
  void hearsTheAgentAndFlushesAtTheEnd() {
    Logger logger = LoggerFactory.getLogger(EventLogAppenderTest.class);
    AgentEventLog open = AgentEventLog.to(log);
    logger.error("written");
    open.close();
    logger.error("not written any more");
    assertThat(log.texts()).containsExactly("903 written");
    assertThat(log.closed).isTrue();
  }

  /** They are in the event log, however little the agent's own log shall have. */
  @Test
  void startAndStopAreToldAtEveryLevel() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            data_dir: data
            control: false
            sources: {in: {type: replay, path: in.jsonl}}
            sinks: {out: {type: file, path: out.jsonl}}
            """);
    Files.writeString(folder.resolve("in.jsonl"), "");
    ConfigOption option = new ConfigOption();
    new CommandLine(option).parseArgs("--config", file.toString());
    LoggerContext agentsOwn = (LoggerContext) LoggerFactory.getILoggerFactory();
    Level before = agentsOwn.getLogger("io.sessionbridge").getLevel();
    LogLevel.set("error");
    try (StopSignal stop = StopSignal.install()) {
      assertThat(AgentRun.of(option).run(stop, (bridge, asked) -> 0, AgentEventLog.to(log)))
          .isZero();
    } finally {
      agentsOwn.getLogger("io.sessionbridge").setLevel(before);
    }
    assertThat(log.texts()).hasSize(2);
    assertThat(log.texts().get(0)).startsWith("901 sessionbridge ").contains(" runs: 1 source");
    assertThat(log.texts().get(1)).isEqualTo("902 sessionbridge stopped");
  }

  @Test
  void writesWhatNothingElseReports() {
    AgentEventLog.report(AgentEvent.CANNOT_RUN, "no such file", log);
    AgentEventLog.report(AgentEvent.NO_CLASS_CACHE, "no cache", log);
    assertThat(log.texts()).containsExactly("904 no such file", "905 no cache");
    assertThat(log.entries)
        .extracting(LogEntry::type)
        .containsExactly(LogEntry.Type.ERROR, LogEntry.Type.WARNING);
    assertThat(log.closed).isTrue();
  }

  /** A service of Windows that hangs must not hold the agent. */
  @Test
  void aLogThatHangsHoldsNobody() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    LogWriter hanging =
        new LogWriter() {
          @Override
          public int open(String source) {
            entered.countDown();
            boolean unused = uninterruptedly(hangs);
            return 0;
          }

          @Override
          public int write(LogEntry entry) {
            return 0;
          }

          @Override
          public void close() {}
        };
    Logger logger = LoggerFactory.getLogger(EventLogAppenderTest.class);
    AgentEventLog open = AgentEventLog.to(hanging);
    try {
      logger.error("first");
      entered.await();
      IntStream.range(0, 1_000).forEach(i -> logger.error("more {}", i));
      AgentEventLog.report(AgentEvent.CANNOT_RUN, "returns though the log hangs", hanging);
      open.close();
    } finally {
      hangs.countDown();
    }
  }

  private static boolean uninterruptedly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return true;
      } catch (InterruptedException e) {
        // a call into Windows does not end for it either
      }
    }
  }

  @Test
  void nothingHappensWhereItIsNotWanted() {
    AgentEventLog open = AgentEventLog.open(Optional.of(false));
    LoggerFactory.getLogger(EventLogAppenderTest.class).error("in the agent's own log alone");
    open.close();
    assertThat(log.entries).isEmpty();
  }
}
