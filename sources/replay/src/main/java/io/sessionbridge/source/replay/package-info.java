/** Reads recorded events from JSON lines, and resumes after a restart. */
@NullMarked
package io.sessionbridge.source.replay;

import org.jspecify.annotations.NullMarked;
