package io.sessionbridge.sink.syslog;

import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Failure;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The messages of a batch. Events that do not fit into a message are rejected and have none. */
final class MessageBatch {

  private final int events;
  private final List<byte[]> messages;

  /** For each message, the index of its event in the batch. */
  private final List<Integer> places;

  private final List<Rejection> unfit = new ArrayList<>();

  MessageBatch(List<EncodedEvent> batch, MessageEncoder encoder) {
    this.events = batch.size();
    this.messages = new ArrayList<>(events);
    this.places = new ArrayList<>(events);
    for (int i = 0; i < events; i++) {
      try {
        messages.add(encoder.encode(batch.get(i)));
        places.add(i);
      } catch (TooLargeException e) {
        unfit.add(new Rejection(i, String.valueOf(e.getMessage())));
      }
    }
  }

  List<byte[]> messages() {
    return messages;
  }

  /** Converts the result of the messages to a result of the events. */
  DeliveryResult result(SendResult sent) {
    int settled = sent.failure().isEmpty() ? events : places.get(sent.settled());
    List<Rejection> rejected = new ArrayList<>();
    unfit.stream().filter(one -> one.index() < settled).forEach(rejected::add);
    for (SendResult.Refused refused : sent.refused()) {
      rejected.add(new Rejection(places.get(refused.index()), refused.reason()));
    }
    rejected.sort(Comparator.comparingInt(Rejection::index));
    Optional<Failure> retry =
        sent.failure().map(message -> new Failure(message, true, !sent.suspicious()));
    return new DeliveryResult(settled, rejected, retry);
  }
}
