package io.sessionbridge.sink.kafka;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What a failure says about the one record that it was told for. */
enum Verdict {
  /** This record will never be taken; others are not concerned. */
  TOO_LARGE,
  /** This record will not be taken with its time. */
  TIME_REFUSED,
  /**
   * This record or one beside it was refused. With several refused ones in a request the client
   * tells {@code InvalidRecordException} whatever the reason, and a bare {@code KafkaException} for
   * the innocent ones; a record alone gets the true reason.
   */
  REQUEST_REFUSED,
  /** The broker is not reachable, not ready, or does not let us; or nobody knows. */
  FAILED;

  static Verdict of(Exception failure) {
    if (failure instanceof RecordTooLargeException) {
      return TOO_LARGE;
    }
    if (failure instanceof InvalidTimestampException) {
      return TIME_REFUSED;
    }
    if (failure instanceof InvalidRecordException || failure.getClass() == KafkaException.class) {
      return REQUEST_REFUSED;
    }
    return FAILED;
  }
}
