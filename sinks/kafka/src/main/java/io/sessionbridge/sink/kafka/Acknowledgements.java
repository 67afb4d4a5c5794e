package io.sessionbridge.sink.kafka;

import java.util.Arrays;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The fates of the records of one run, which the producer's thread tells one by one.
 *
 * <p>Without locks: each place is written by one thread, and the producer's {@code flush}, which
 * waits for every callback, comes between the writing and the reading.
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

  /** What to give to the producer together with a record. */
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
      run.tell(record, failure);
    }
  }

  /**
   * @param failure null if the record is acknowledged
   */
  void tell(int record, @Nullable Exception failure) {
    failures[record] = failure;
    if (failure != null && Verdict.of(failure) != Verdict.TOO_LARGE) {
      ended = true;
    }
  }

  /** True once a record failed, so that whatever is sent now will have to be sent again. */
  boolean ended() {
    return ended;
  }

  /** Null if the record is acknowledged. Only after {@code flush}. */
  @Nullable Exception failure(int record) {
    return failures[record];
  }
}
