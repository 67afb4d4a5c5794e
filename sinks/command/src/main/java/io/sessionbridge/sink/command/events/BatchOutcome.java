package io.sessionbridge.sink.command.events;

import io.sessionbridge.sink.command.events.EventCommands.Failure;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has come of the events of a batch so far. Any thread. */
final class BatchOutcome {

  private final List<@Nullable Optional<Failure>> ofEvents = new ArrayList<>();
  private @Nullable Error error;

  BatchOutcome(int size) {
    for (int i = 0; i < size; i++) {
      ofEvents.add(null);
    }
  }

  synchronized void set(int index, Optional<Failure> failure) {
    ofEvents.set(index, failure);
  }

  /** The virtual machine cannot go on. */
  synchronized void broken(Error by) {
    error = by;
  }

  /** All that was asked for has come to its end. */
  synchronized DeliveryResult complete() {
    if (error != null) {
      throw error;
    }
    return prefix();
  }

  /** The agent stops: what has not ended ends the part that is settled. */
  synchronized DeliveryResult interrupted() {
    return prefix();
  }

  private DeliveryResult prefix() {
    List<Rejection> rejected = new ArrayList<>();
    int settled = 0;
    for (Optional<Failure> outcome : ofEvents) {
      if (outcome == null) {
        return DeliveryResult.unavailable(settled, rejected, "the agent stops");
      }
      if (outcome.isPresent()) {
        rejected.add(new Rejection(settled, outcome.get().reason(), outcome.get().output()));
      }
      settled++;
    }
    return DeliveryResult.settled(settled, rejected);
  }
}
