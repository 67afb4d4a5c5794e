/**
 * Who can modify a file: the check of programs and rules files before the agent uses them with its
 * own rights.
 */
@NullMarked
package io.sessionbridge.sink.command.writers;

import org.jspecify.annotations.NullMarked;
