/**
 * The rules: what a report, the passing of time or the end of a run makes of what is known. They
 * write to a working copy, the {@link io.sessionbridge.sessions.rules.Step}.
 */
@NullMarked
package io.sessionbridge.sessions.rules;

import org.jspecify.annotations.NullMarked;
