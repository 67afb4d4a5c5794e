/**
 * Starting a command and ending it with all of its processes, as the rest of the sink sees it. The
 * packages {@code linux} and {@code windows} implement it.
 */
@NullMarked
package io.sessionbridge.sink.command.process;

import org.jspecify.annotations.NullMarked;
