/** The class cache, which makes a start of the agent faster. */
@NullMarked
package io.sessionbridge.cli.cache;

import org.jspecify.annotations.NullMarked;
