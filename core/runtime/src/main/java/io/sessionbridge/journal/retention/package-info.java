/** Which segments may go, what room there is, and what could not be deleted. */
@NullMarked
package io.sessionbridge.journal.retention;

import org.jspecify.annotations.NullMarked;
