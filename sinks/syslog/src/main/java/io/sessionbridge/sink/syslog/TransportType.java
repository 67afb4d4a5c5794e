package io.sessionbridge.sink.syslog;

/** How messages travel, from the most to the least that is known of their fate. */
enum TransportType {
  RELP,
  TCP,
  UDP
}
