/** Reads recorded events from JSON lines, and goes on where it stopped. */
@NullMarked
package io.sessionbridge.source.replay;

import org.jspecify.annotations.NullMarked;
