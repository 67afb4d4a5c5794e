package io.sessionbridge.sink.command.events;

import io.sessionbridge.event.Field;
import io.sessionbridge.spi.EncodedEvent;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Chooses the next event of a batch: the first one whose session is free. So the events of a
 * session run one after another, and the settled part at the start of the batch is as long as
 * possible when the agent stops. Any thread.
 */
final class BatchOrder {

  private final List<String> sessions;
  private final BitSet started = new BitSet();
  private final Set<String> busy = new HashSet<>();
  private boolean ended;

  BatchOrder(List<EncodedEvent> batch) {
    this.sessions =
        batch.stream()
            .map(one -> one.event().partitionKey() + "/" + one.event().data().get(Field.SESSION_ID))
            .toList();
  }

  /**
   * Waits for an event that may start, and takes it.
   *
   * @return its index; empty if none remains
   */
  synchronized OptionalInt next() throws InterruptedException {
    while (!ended && started.cardinality() < sessions.size()) {
      for (int i = started.nextClearBit(0); i < sessions.size(); i = started.nextClearBit(i + 1)) {
        if (busy.add(sessions.get(i))) {
          started.set(i);
          return OptionalInt.of(i);
        }
      }
      wait();
    }
    return OptionalInt.empty();
  }

  /** The commands of an event have ended: its session is free. */
  synchronized void done(int index) {
    busy.remove(sessions.get(index));
    notifyAll();
  }

  /** Lets no further event start. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }
}
