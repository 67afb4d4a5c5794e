/** Entries with {@code while}: a command that follows the state of the host. */
@NullMarked
package io.sessionbridge.sink.command.state;

import org.jspecify.annotations.NullMarked;
