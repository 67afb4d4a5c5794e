/** Looks into the journal of an agent that does not run, and mends it. */
@NullMarked
package io.sessionbridge.cli.journal;

import org.jspecify.annotations.NullMarked;
