/** The command {@code sessionbridge}. */
@NullMarked
package io.sessionbridge.cli;

import org.jspecify.annotations.NullMarked;
