package io.sessionbridge.sink.kafka;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Brings one batch over one connection, in runs: send all records of a run, flush, read their
 * fates. Nearly always the whole batch is one run.
 *
 * <p>The settled prefix ends at the first record that failed. Records behind it may be in the topic
 * already; they are sent again, so the order of first occurrences holds within what the broker
 * accepted, and the ids tell the duplicates.
 */
final class BatchDelivery {

  private final Connection connection;
  private final Records records;
  private final RecordTimes times;
  private final Clock clock;
  private final List<EncodedEvent> batch;
  private final List<Rejection> rejected = new ArrayList<>(0);
  private int settled;
  private long movedToPresent;

  BatchDelivery(
      Connection connection,
      Records records,
      RecordTimes times,
      Clock clock,
      List<EncodedEvent> batch) {
    this.connection = connection;
    this.records = records;
    this.times = times;
    this.clock = clock;
    this.batch = batch;
  }

  /** How many from the beginning are acknowledged or rejected. */
  int settled() {
    return settled;
  }

  List<Rejection> rejected() {
    return rejected;
  }

  /** How many records are acknowledged with the present time because their own was refused. */
  long movedToPresent() {
    return movedToPresent;
  }

  /** Returns null when all are settled, else the failure of the first that is not. */
  @Nullable Exception run() throws InterruptedException {
    boolean alone = false;
    while (settled < batch.size()) {
      int from = settled;
      int end = alone ? from + 1 : endOfRun();
      Acknowledgements fates = transmit(end);
      Exception failure = settle(fates, from, end);
      if (failure == null) {
        continue;
      }
      SessionEvent event = batch.get(settled).event();
      Verdict verdict = Verdict.of(failure);
      if (verdict == Verdict.TIME_REFUSED && times.ownTime(event)) {
        times.refused(event);
      } else if (verdict == Verdict.REQUEST_REFUSED && end - from > 1) {
        alone = true;
      } else if (alone && failure instanceof InvalidRecordException) {
        reject(failure);
      } else {
        return failure;
      }
    }
    return null;
  }

  /** Up to the next event that has to go alone. */
  private int endOfRun() {
    if (!times.mayBeUncertain()) {
      return batch.size();
    }
    times.begin(clock.now().toEpochMilli());
    int end = settled;
    while (end < batch.size() && !times.uncertain(batch.get(end).event())) {
      end++;
    }
    return Math.max(end, settled + 1);
  }

  private Acknowledgements transmit(int end) throws InterruptedException {
    Acknowledgements fates = new Acknowledgements(end - settled);
    times.begin(clock.now().toEpochMilli());
    // A loop is compiled late, what it calls soon.
    for (int i = settled; i < end && !fates.ended(); i++) {
      transmit(batch.get(i), fates, i - settled);
    }
    connection.flush();
    return fates;
  }

  private void transmit(EncodedEvent encoded, Acknowledgements fates, int place)
      throws InterruptedException {
    long timestamp = times.choose(encoded.event());
    try {
      connection.send(records.make(encoded, timestamp), fates.of(place));
    } catch (KafkaException e) {
      fates.tell(place, e);
    }
  }

  /** Moves the settled prefix; returns why it ended before the run's end, or null. */
  private @Nullable Exception settle(Acknowledgements fates, int from, int end) {
    while (settled < end) {
      Exception failure = settle(fates.failure(settled - from));
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** Settles the next record, or returns why that cannot be. */
  private @Nullable Exception settle(@Nullable Exception failure) {
    if (failure == null) {
      note(batch.get(settled).event());
      settled++;
      return null;
    }
    if (Verdict.of(failure) != Verdict.TOO_LARGE) {
      return failure;
    }
    reject(failure);
    return null;
  }

  private void note(SessionEvent event) {
    if (times.moved(event)) {
      movedToPresent++;
      return;
    }
    times.accepted(event);
  }

  private void reject(Exception failure) {
    int size = batch.get(settled).body().length;
    rejected.add(new Rejection(settled, "record of " + size + " bytes: " + failure.getMessage()));
    settled++;
  }
}
