package io.sessionbridge.source.replay;

import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.DurableEmitter;
import io.sessionbridge.spi.Metrics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects observations and makes them durable together. A batch is durable completely or not at
 * all, so only its last event carries the position. One thread.
 */
final class ReplayBatch {

  private static final int MOST_EVENTS = 256;
  private static final int MOST_BYTES = 512 << 10;

  private final DurableEmitter emitter;
  private final Metrics.Counter seen;
  private final List<Observation> waiting = new ArrayList<>();
  private int bytes;
  private @Nullable Line last;

  /**
   * @param emitter waits for room in the journal
   */
  ReplayBatch(DurableEmitter emitter, Metrics metrics) {
    this.emitter = emitter;
    this.seen = metrics.counter("source_seen_total", "Notifications or lines received.");
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

  /** Emits, with retries. Only a stop ends them; then the next start reads the lines again. */
  void flush() throws InterruptedException {
    Line line = last;
    if (line == null) {
      return;
    }
    ReplayPosition position = line.position();
    if (position != null) {
      int end = waiting.size() - 1;
      waiting.set(end, waiting.get(end).withPosition(position.encode()));
    }
    if (!emitter.emit(List.copyOf(waiting)).isComplete()) {
      throw new InterruptedException("stopped while the journal cannot write");
    }
    waiting.clear();
    bytes = 0;
    last = null;
  }
}
