package io.sessionbridge.sink.syslog;

/** Which standard the head of a message follows. */
enum Header {
  /** Year, microseconds and UTC; the id and the kind of the event; structured data. */
  RFC5424,
  /** What older receivers know: local time without a year, the host, a tag. */
  RFC3164
}
