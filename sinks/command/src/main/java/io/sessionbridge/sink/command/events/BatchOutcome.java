package io.sessionbridge.sink.command.events;

import io.sessionbridge.sink.command.events.EventCommands.Failure;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcomes of the events of a batch so far. Any thread. */
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

  /** Records an error of the virtual machine. */
  synchronized void broken(Error by) {
    error = by;
  }

  /** The result after all commands have ended. */
  synchronized DeliveryResult complete() {
    if (error != null) {
      throw error;
    }
    return prefix();
  }

  /** The result when the agent stops: settles the events before the first unfinished one. */
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
