package io.sessionbridge.sink.syslog;

/** The transports, from the most to the least reliable. */
enum TransportType {
  RELP,
  TCP,
  UDP
}
