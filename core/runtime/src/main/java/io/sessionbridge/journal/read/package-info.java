/**
 * Reads segments record by record, distinguishes damage from temporary read errors, and finds the
 * end of the journal at a start.
 */
@NullMarked
package io.sessionbridge.journal.read;

import org.jspecify.annotations.NullMarked;
