/** The numbers of the event log's entries, and the DLL by which the event viewer shows them. */
@NullMarked
package io.sessionbridge.sink.eventlog.messages;

import org.jspecify.annotations.NullMarked;
