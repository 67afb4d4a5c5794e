/** The cursors' files: names, what was known, what is lost, and when each is written. */
@NullMarked
package io.sessionbridge.journal.cursors;

import org.jspecify.annotations.NullMarked;
