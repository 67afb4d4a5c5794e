/** Commands that inspect and repair the journal of a stopped agent. */
@NullMarked
package io.sessionbridge.cli.journal;

import org.jspecify.annotations.NullMarked;
