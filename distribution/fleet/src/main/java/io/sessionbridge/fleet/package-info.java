/** A fleet on one machine: real agents with made-up users, a real broker, and what it measures. */
@NullMarked
package io.sessionbridge.fleet;

import org.jspecify.annotations.NullMarked;
