/** Writes lines, by default JSON, durably to a file, or to the console. */
@NullMarked
package io.sessionbridge.sink.file;

import org.jspecify.annotations.NullMarked;
