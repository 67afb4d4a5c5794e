/** Commands on Windows. */
@NullMarked
package io.sessionbridge.sink.command.windows;

import org.jspecify.annotations.NullMarked;
