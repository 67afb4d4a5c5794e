/** The cursors' files: their names and format, known and lost cursors, and when each is written. */
@NullMarked
package io.sessionbridge.journal.cursors;

import org.jspecify.annotations.NullMarked;
