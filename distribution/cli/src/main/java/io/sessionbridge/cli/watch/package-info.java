/** Prints this machine's events without a configuration. */
@NullMarked
package io.sessionbridge.cli.watch;

import org.jspecify.annotations.NullMarked;
