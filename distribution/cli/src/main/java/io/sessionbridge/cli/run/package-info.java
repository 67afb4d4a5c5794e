/** The agent in the foreground, and its end. */
@NullMarked
package io.sessionbridge.cli.run;

import org.jspecify.annotations.NullMarked;
