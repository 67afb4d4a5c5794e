/**
 * What an event is: the kinds, the fields, their one canonical JSON form, and the bytes in which
 * the journal keeps it. Start reading here; {@link io.sessionbridge.event.SessionEvent} is what
 * every sink gets.
 */
@NullMarked
package io.sessionbridge.event;

import org.jspecify.annotations.NullMarked;
