/** The path of an append to the disk: queue, writer, segment, and the outcome of each group. */
@NullMarked
package io.sessionbridge.journal.write;

import org.jspecify.annotations.NullMarked;
