/** Deletion of segments, accounting of room, and files that could not be deleted. */
@NullMarked
package io.sessionbridge.journal.retention;

import org.jspecify.annotations.NullMarked;
