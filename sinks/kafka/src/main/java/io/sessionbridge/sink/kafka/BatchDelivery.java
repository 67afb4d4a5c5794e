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
 * Delivers one batch over one connection, in runs: sends all records of a run, flushes, reads their
 * results. Nearly always the whole batch is one run.
 *
 * <p>The settled prefix ends at the first record that failed. Records after it may be in the topic
 * already; they are sent again. So the first occurrences are in order, and duplicates have the same
 * id.
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

  /** How many events from the start are acknowledged or rejected. */
  int settled() {
    return settled;
  }

  List<Rejection> rejected() {
    return rejected;
  }

  /** How many acknowledged records have the present time because their own was refused. */
  long movedToPresent() {
    return movedToPresent;
  }

  /** Returns null if all are settled, else the failure of the first that is not. */
  @Nullable Exception run() throws InterruptedException {
    boolean alone = false;
    while (settled < batch.size()) {
      int from = settled;
      int end = alone ? from + 1 : endOfRun();
      Acknowledgements results = transmit(end);
      Exception failure = settle(results, from, end);
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

  /** The end of the run: the next event that must be sent alone. */
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
    Acknowledgements results = new Acknowledgements(end - settled);
    times.begin(clock.now().toEpochMilli());
    // A separate method: the JIT compiles a called method earlier than a loop body.
    for (int i = settled; i < end && !results.ended(); i++) {
      transmit(batch.get(i), results, i - settled);
    }
    connection.flush();
    return results;
  }

  private void transmit(EncodedEvent encoded, Acknowledgements results, int place)
      throws InterruptedException {
    long timestamp = times.choose(encoded.event());
    try {
      connection.send(records.make(encoded, timestamp), results.of(place));
    } catch (KafkaException e) {
      results.report(place, e);
    }
  }

  /** Advances the settled prefix; returns the failure that ended it early, or null. */
  private @Nullable Exception settle(Acknowledgements results, int from, int end) {
    while (settled < end) {
      Exception failure = settle(results.failure(settled - from));
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** Settles the next record; returns the failure if that is impossible, or null. */
  private @Nullable Exception settle(@Nullable Exception failure) {
    if (failure == null) {
      accept(batch.get(settled).event());
      settled++;
      return null;
    }
    if (Verdict.of(failure) != Verdict.TOO_LARGE) {
      return failure;
    }
    reject(failure);
    return null;
  }

  private void accept(SessionEvent event) {
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
