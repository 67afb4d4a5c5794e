/** The rules of an entry, from its configuration or from a file with a local copy. */
@NullMarked
package io.sessionbridge.sink.command.rules;

import org.jspecify.annotations.NullMarked;
