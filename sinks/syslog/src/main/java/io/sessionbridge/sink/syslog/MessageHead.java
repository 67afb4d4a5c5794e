package io.sessionbridge.sink.syslog;

import io.sessionbridge.event.SessionEvent;

/** Writes what stands before the text of a message and the space between the two. One thread. */
interface MessageHead {

  void append(SessionEvent event, StringBuilder to);
}
