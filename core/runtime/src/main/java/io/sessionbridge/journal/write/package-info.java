/** The way of an append to the disk: queue, writer, segment, and the fate of each group. */
@NullMarked
package io.sessionbridge.journal.write;

import org.jspecify.annotations.NullMarked;
