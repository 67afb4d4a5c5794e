package io.sessionbridge.sink.syslog;

/** Structured data that RFC 5424 itself defines (section 7). */
enum StandardData {
  /** Number of the message, and uptime of the host. */
  META,
  /** The software that created the message. */
  ORIGIN,
  /** The quality of the time stamp. */
  TIME_QUALITY
}
