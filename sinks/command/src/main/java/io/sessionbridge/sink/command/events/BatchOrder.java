package io.sessionbridge.sink.command.events;

import io.sessionbridge.event.Field;
import io.sessionbridge.spi.EncodedEvent;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which event of a batch is next: the first one whose session is free. So the events of a session
 * run one after another, and what has run when the agent stops is as long a part of the batch from
 * its start as can be. Any thread.
 */
final class BatchOrder {

  private final List<String> sessions;
  private final BitSet begun = new BitSet();
  private final Set<String> busy = new HashSet<>();
  private boolean ended;

  BatchOrder(List<EncodedEvent> batch) {
    this.sessions =
        batch.stream()
            .map(one -> one.event().partitionKey() + "/" + one.event().data().get(Field.SESSION_ID))
            .toList();
  }

  /**
   * Waits for an event that may begin, and takes it.
   *
   * @return its index; empty if none is left
   */
  synchronized OptionalInt next() throws InterruptedException {
    while (!ended && begun.cardinality() < sessions.size()) {
      for (int i = begun.nextClearBit(0); i < sessions.size(); i = begun.nextClearBit(i + 1)) {
        if (busy.add(sessions.get(i))) {
          begun.set(i);
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

  /** No event begins any more. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }
}
