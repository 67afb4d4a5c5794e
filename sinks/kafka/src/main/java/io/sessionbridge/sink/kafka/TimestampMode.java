package io.sessionbridge.sink.kafka;

/** The time of a record. */
enum TimestampMode {
  /** The time of sending, so that retention starts at arrival. */
  SENT,
  /** The time of the event, so that lookups by time find it. */
  EVENT
}
