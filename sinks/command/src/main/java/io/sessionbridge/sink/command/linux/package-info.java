/** Commands on Linux. */
@NullMarked
package io.sessionbridge.sink.command.linux;

import org.jspecify.annotations.NullMarked;
