/**
 * The records of the Windows event log, read once from a kept position: {@link
 * io.sessionbridge.windows.eventlog.EventLogReader}.
 */
@NullMarked
package io.sessionbridge.windows.eventlog;

import org.jspecify.annotations.NullMarked;
