package io.sessionbridge.sink.syslog;

import io.sessionbridge.event.SessionEvent;

/** Writes the header of a message, without the space before the text. For use by one thread. */
interface MessageHead {

  void append(SessionEvent event, StringBuilder to);
}
