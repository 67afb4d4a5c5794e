/**
 * Compares what is known with the sessions that exist and with the log of the system, and writes
 * what must have happened unheard.
 */
@NullMarked
package io.sessionbridge.sessions.reconciliation;

import org.jspecify.annotations.NullMarked;
