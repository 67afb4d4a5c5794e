/**
 * The rules: how a report, the passing of time or a restart changes the known state. They write to
 * a working copy, the {@link io.sessionbridge.sessions.rules.Step}.
 */
@NullMarked
package io.sessionbridge.sessions.rules;

import org.jspecify.annotations.NullMarked;
