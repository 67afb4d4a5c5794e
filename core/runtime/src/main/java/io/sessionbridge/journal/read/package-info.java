/**
 * Reads segments record by record, tells damage from what can be read later, and finds at an open
 * where the journal ends.
 */
@NullMarked
package io.sessionbridge.journal.read;

import org.jspecify.annotations.NullMarked;
