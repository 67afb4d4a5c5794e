/** The sink {@code command}: starts programs by the state of the host, or by its events. */
@NullMarked
package io.sessionbridge.sink.command;

import org.jspecify.annotations.NullMarked;
