/**
 * Reads event log records from a stored position: {@link
 * io.sessionbridge.windows.eventlog.EventLogReader}.
 */
@NullMarked
package io.sessionbridge.windows.eventlog;

import org.jspecify.annotations.NullMarked;
