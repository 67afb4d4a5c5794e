/** Writes JSON lines to a file that survives a power cut, or to the console. */
@NullMarked
package io.sessionbridge.sink.file;

import org.jspecify.annotations.NullMarked;
