/** The clock abstraction: reading the time and waiting. */
@NullMarked
package io.sessionbridge.clock;

import org.jspecify.annotations.NullMarked;
