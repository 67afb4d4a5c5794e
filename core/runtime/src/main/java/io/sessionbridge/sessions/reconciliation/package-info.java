/**
 * Compares the known state with the existing sessions and with the system's log, and writes the
 * missed events that must have happened.
 */
@NullMarked
package io.sessionbridge.sessions.reconciliation;

import org.jspecify.annotations.NullMarked;
