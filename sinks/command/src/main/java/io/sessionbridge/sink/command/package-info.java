/**
 * The sink {@code command}: starts programs for the state of the host or for its events.
 *
 * <p>Start with {@link io.sessionbridge.sink.command.CommandSinkFactory}. Each package depends only
 * on those before it in this list:
 *
 * <ul>
 *   <li>{@code arguments}: arguments, event fields in them, interpreters
 *   <li>{@code config}: the keys
 *   <li>{@code writers}: who can modify a program or a rules file
 *   <li>{@code process}: starting and ending a command; {@code linux} and {@code windows} do it
 *   <li>{@code rules}: rules from the configuration or from a file
 *   <li>{@code events}: entries with {@code on} or {@code rules_file}
 *   <li>{@code state}: entries with {@code while}
 * </ul>
 */
@NullMarked
package io.sessionbridge.sink.command;

import org.jspecify.annotations.NullMarked;
