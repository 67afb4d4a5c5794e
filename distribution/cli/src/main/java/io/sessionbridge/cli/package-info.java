/** The command line. */
@NullMarked
package io.sessionbridge.cli;

import org.jspecify.annotations.NullMarked;
