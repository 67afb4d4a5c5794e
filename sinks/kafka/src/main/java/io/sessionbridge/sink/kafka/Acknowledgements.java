package io.sessionbridge.sink.kafka;

import java.util.Arrays;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The results of the records of one run, which the producer's thread reports one by one.
 *
 * <p>Needs no locks: each element is written by one thread, and the producer's {@code flush}, which
 * waits for every callback, separates the writes from the reads.
 */
final class Acknowledgements {

  private final Exception unknown =
      new IllegalStateException("the record was not sent, or its result is unknown");

  private final @Nullable Exception[] failures;
  private volatile boolean ended;

  Acknowledgements(int records) {
    failures = new @Nullable Exception[records];
    Arrays.fill(failures, unknown);
  }

  /** The callback to pass to the producer with a record. */
  Callback of(int record) {
    return new Receipt(this, record);
  }

  /** A class and not a lambda: there is one for each record, and capturing lambdas start slowly. */
  private static final class Receipt implements Callback {

    private final Acknowledgements run;
    private final int record;

    private Receipt(Acknowledgements run, int record) {
      this.run = run;
      this.record = record;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, @Nullable Exception failure) {
      run.report(record, failure);
    }
  }

  /**
   * @param failure null if the record is acknowledged
   */
  void report(int record, @Nullable Exception failure) {
    failures[record] = failure;
    if (failure != null && Verdict.of(failure) != Verdict.TOO_LARGE) {
      ended = true;
    }
  }

  /** True once a record failed: records sent after that must be sent again. */
  boolean ended() {
    return ended;
  }

  /** Null if the record is acknowledged. Only after {@code flush}. */
  @Nullable Exception failure(int record) {
    return failures[record];
  }
}
