package io.sessionbridge.sink.syslog;

/** Structured data that RFC 5424 itself defines (section 7). */
enum StandardData {
  /** Number of the message, and how long the host has been up. */
  META,
  /** Which software made the message. */
  ORIGIN,
  /** What the time stamp is worth. */
  TIME_QUALITY
}
