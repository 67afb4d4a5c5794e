/** Entries with {@code on} or {@code rules_file}: commands that run for events of the journal. */
@NullMarked
package io.sessionbridge.sink.command.events;

import org.jspecify.annotations.NullMarked;
