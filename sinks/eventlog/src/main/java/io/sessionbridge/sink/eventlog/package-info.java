/** Writes events to the Application log of Windows. */
@NullMarked
package io.sessionbridge.sink.eventlog;

import org.jspecify.annotations.NullMarked;
