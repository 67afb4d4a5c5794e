package io.sessionbridge.source.replay;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.SourceContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects observations and makes them durable together. A batch is there whole or not at all, so
 * its last event alone carries the position. One thread.
 */
final class ReplayBatch {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayBatch.class);
  private static final int MOST_EVENTS = 256;
  private static final int MOST_BYTES = 512 << 10;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final SourceContext context;
  private final Clock.Signal stop;
  private final BooleanSupplier closing;
  private final Consumer<String> trouble;
  private final Metrics.Counter seen;
  private final Metrics.Counter handedOff;
  private final List<Observation> waiting = new ArrayList<>();
  private int bytes;
  private @Nullable Line last;

  /**
   * @param stop rung when the source closes
   * @param trouble told why nothing can be made durable, and the empty text once it can again
   */
  ReplayBatch(
      SourceContext context, Clock.Signal stop, BooleanSupplier closing, Consumer<String> trouble) {
    this.context = context;
    this.stop = stop;
    this.closing = closing;
    this.trouble = trouble;
    Metrics metrics = context.metrics();
    this.seen = metrics.counter("source_seen_total", "Notifications or lines that the source got.");
    this.handedOff = metrics.counter("source_handed_off_total", "Events made durable.");
  }

  void add(Observation observation, Line line) {
    seen.add(1);
    waiting.add(observation);
    last = line;
    bytes += line.bytes().length;
  }

  boolean isFull() {
    return waiting.size() >= MOST_EVENTS || bytes >= MOST_BYTES;
  }

  /** Emits, as often as it takes. Gives up at a stop alone; the next start reads them again. */
  void flush(ReplayInput from) throws IOException, InterruptedException {
    Line line = last;
    if (line == null) {
      return;
    }
    int end = waiting.size() - 1;
    waiting.set(end, waiting.get(end).withPosition(from.positionAfter(line)));
    emit(List.copyOf(waiting));
    waiting.clear();
    bytes = 0;
    last = null;
  }

  private void emit(List<Observation> batch) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    boolean told = false;
    while (true) {
      try {
        context.intake().emitWhenRoom(batch);
        handedOff.add(batch.size());
        trouble.accept("");
        return;
      } catch (EmitException e) {
        if (!told) {
          LOG.error("source {} waits: {}", context.id(), e.getMessage());
          told = true;
        }
        trouble.accept(String.valueOf(e.getMessage()));
      }
      if (closing.getAsBoolean()) {
        throw new InterruptedException("stopped while the journal cannot write");
      }
      stop.await(pause);
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }
}
