package io.sessionbridge.sink.kafka;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What a failure means for the record that it was reported for. */
enum Verdict {
  /** This record will never be accepted; others are not affected. */
  TOO_LARGE,
  /** This record will not be accepted with its time. */
  TIME_REFUSED,
  /**
   * This record or another one of the request was refused. If several are refused in a request, the
   * client reports {@code InvalidRecordException} for all reasons, and a plain {@code
   * KafkaException} for the other records; a record sent alone gets the real reason.
   */
  REQUEST_REFUSED,
  /** The broker is unreachable, not ready or denies access, or the reason is unknown. */
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
