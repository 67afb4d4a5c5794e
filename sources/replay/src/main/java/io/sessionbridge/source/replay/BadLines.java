package io.sessionbridge.source.replay;

import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.source.replay.ReplaySourceConfig.OnBadLine;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.SourceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts lines that are not events, and decides whether one ends the replay. One thread. */
final class BadLines {

  private static final Logger LOG = LoggerFactory.getLogger(BadLines.class);
  private static final int MAX_LOGGED = 10;

  private final String sourceId;
  private final OnBadLine onBadLine;
  private final Metrics.Counter counter;
  private long count;

  BadLines(SourceContext context, OnBadLine onBadLine) {
    this.sourceId = context.id();
    this.onBadLine = onBadLine;
    this.counter =
        context.metrics().counter("source_bad_lines_total", "Lines that are not events.");
  }

  /** Counts a bad line; throws the problem if it ends the replay. */
  void handle(EventFormatException problem) throws EventFormatException {
    counter.add(1);
    count++;
    if (onBadLine == OnBadLine.FAIL) {
      throw problem;
    }
    if (count <= MAX_LOGGED) {
      LOG.warn("source {} skips {}", sourceId, problem.getMessage());
    }
    if (count == MAX_LOGGED) {
      LOG.warn("source {} skips further lines without logging them; they are counted", sourceId);
    }
  }

  /** Logs the total at the end. */
  void logTotal() {
    if (count > MAX_LOGGED) {
      LOG.warn("source {} skipped {} lines", sourceId, count);
    }
  }
}
