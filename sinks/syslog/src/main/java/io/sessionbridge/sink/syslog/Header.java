package io.sessionbridge.sink.syslog;

/** The standard of a message's header. */
enum Header {
  /** Year, microseconds and UTC; the id and the kind of the event; structured data. */
  RFC5424,
  /** For older receivers: local time without a year, the host, a tag. */
  RFC3164
}
