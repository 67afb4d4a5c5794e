/** The health of a part of the agent, as a value. */
@NullMarked
package io.sessionbridge.health;

import org.jspecify.annotations.NullMarked;
