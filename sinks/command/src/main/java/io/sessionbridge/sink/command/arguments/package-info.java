/**
 * The arguments of a command, the event fields in them, and the check that no field can reach an
 * interpreter as code.
 */
@NullMarked
package io.sessionbridge.sink.command.arguments;

import org.jspecify.annotations.NullMarked;
