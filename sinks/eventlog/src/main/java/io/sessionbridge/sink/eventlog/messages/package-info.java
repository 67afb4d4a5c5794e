/** The event ids of the event log entries, and the DLL with their texts for the event viewer. */
@NullMarked
package io.sessionbridge.sink.eventlog.messages;

import org.jspecify.annotations.NullMarked;
