/**
 * Session state: which sessions and which users' lives exist on a host, which reports describe the
 * same event, which missed events must have happened, how long states lasted, and whether a user is
 * present.
 *
 * <p>Everything here is a value or a pure function: no clock, no file, no thread. A step takes a
 * state and returns the next one with the events to write.
 */
@NullMarked
package io.sessionbridge.sessions;

import org.jspecify.annotations.NullMarked;
