package io.sessionbridge.sink.kafka;

/** Which time a record carries. */
enum TimestampMode {
  /** The time of sending, so that retention counts from the arrival. */
  SENT,
  /** The time of the event, so that time-based look-ups find it. */
  EVENT
}
