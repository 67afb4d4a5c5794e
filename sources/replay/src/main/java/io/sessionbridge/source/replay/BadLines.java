package io.sessionbridge.source.replay;

import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.source.replay.ReplaySourceConfig.OnBadLine;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.SourceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts lines that are no event, and decides whether one ends the replay. One thread. */
final class BadLines {

  private static final Logger LOG = LoggerFactory.getLogger(BadLines.class);
  private static final int MOST_TOLD = 10;

  private final String sourceId;
  private final OnBadLine onBadLine;
  private final Metrics.Counter counter;
  private long met;

  BadLines(SourceContext context, OnBadLine onBadLine) {
    this.sourceId = context.id();
    this.onBadLine = onBadLine;
    this.counter =
        context.metrics().counter("source_bad_lines_total", "Lines that are not events.");
  }

  /** Counts the line; throws the problem if it is to end the replay. */
  void meet(EventFormatException problem) throws EventFormatException {
    counter.add(1);
    met++;
    if (onBadLine == OnBadLine.FAIL) {
      throw problem;
    }
    if (met <= MOST_TOLD) {
      LOG.warn("source {} skips {}", sourceId, problem.getMessage());
    }
    if (met == MOST_TOLD) {
      LOG.warn("source {} skips further lines without logging them; they are counted", sourceId);
    }
  }

  /** Tells at the end how many there were. */
  void sumUp() {
    if (met > MOST_TOLD) {
      LOG.warn("source {} skipped {} lines", sourceId, met);
    }
  }
}
