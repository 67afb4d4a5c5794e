/** Runs the agent in the foreground. */
@NullMarked
package io.sessionbridge.cli.run;

import org.jspecify.annotations.NullMarked;
