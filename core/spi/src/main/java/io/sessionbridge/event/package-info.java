/**
 * Events: the kinds, the fields, the canonical JSON form, and the record that the journal stores.
 * Start reading here; {@link io.sessionbridge.event.SessionEvent} is what every sink receives.
 */
@NullMarked
package io.sessionbridge.event;

import org.jspecify.annotations.NullMarked;
