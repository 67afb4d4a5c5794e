package io.sessionbridge.source.replay;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.Observation;
import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads an input to its end, or until it is stopped. One thread. */
final class ReplayRun {

  /**
   * A read without a signal finds content that was replaced behind an unchanged state, and what the
   * state on a network drive does not show yet.
   */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final ReplaySourceConfig config;
  private final ReplayInput input;
  private final ReplayBatch batch;
  private final ReplayPace pace;
  private final BadLines badLines;
  private final Clock.Signal stop;
  private final Clock.Signal mayHaveMore;
  private final BooleanSupplier closing;

  /**
   * @param stop raised when the source closes
   * @param mayHaveMore raised when a followed file may have more lines, and when the source closes
   */
  ReplayRun(
      ReplaySourceConfig config,
      ReplayInput input,
      ReplayBatch batch,
      ReplayPace pace,
      BadLines badLines,
      Clock.Signal stop,
      Clock.Signal mayHaveMore,
      BooleanSupplier closing) {
    this.config = config;
    this.input = input;
    this.batch = batch;
    this.pace = pace;
    this.badLines = badLines;
    this.stop = stop;
    this.mayHaveMore = mayHaveMore;
    this.closing = closing;
  }

  /**
   * Reads and emits.
   *
   * @return true if the end was reached and everything before it is durable; false if stopped
   * @throws EventFormatException at a bad line, if bad lines are not skipped
   */
  boolean toTheEnd() throws IOException, EventFormatException, InterruptedException {
    while (!closing.getAsBoolean()) {
      Line line = input.read();
      if (line != null) {
        take(line);
        continue;
      }
      if (!config.follow()) {
        takeRest();
        batch.flush();
        badLines.logTotal();
        return !closing.getAsBoolean();
      }
      batch.flush();
      mayHaveMore.await(LONGEST_WAIT);
    }
    batch.flush();
    return false;
  }

  private void takeRest() throws IOException, EventFormatException, InterruptedException {
    Line rest = input.readRest();
    if (rest != null) {
      take(rest);
    }
  }

  private void take(Line line) throws IOException, EventFormatException, InterruptedException {
    Observation observation = line.isBlank() ? null : translate(line);
    if (observation == null || !isDue(observation)) {
      return;
    }
    batch.add(observation, line);
    if (batch.isFull() || !input.hasMoreAtHand()) {
      batch.flush();
    }
  }

  /** Translates a line; null if it is bad and skipped. */
  private @Nullable Observation translate(Line line)
      throws EventFormatException, InterruptedException {
    try {
      return ReplayTranslator.translate(line.text());
    } catch (EventFormatException e) {
      batch.flush();
      badLines.handle(
          new EventFormatException(
              UntrustedText.message(config.name() + ":" + line.number() + ": " + e.getMessage())));
      return null;
    }
  }

  /** Waits until the event is due; false if stopped earlier, so that the next start reads it. */
  private boolean isDue(Observation observation) throws InterruptedException {
    Duration wait = pace.before(observation.time());
    while (!wait.isZero()) {
      batch.flush();
      stop.await(wait);
      if (closing.getAsBoolean()) {
        return false;
      }
      wait = pace.before(observation.time());
    }
    return true;
  }
}
