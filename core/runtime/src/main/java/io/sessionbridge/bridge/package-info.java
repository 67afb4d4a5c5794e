/** Assembles the agent: configuration, start and stop. */
@NullMarked
package io.sessionbridge.bridge;

import org.jspecify.annotations.NullMarked;
