/** What a part of the agent says of itself, as a value. */
@NullMarked
package io.sessionbridge.health;

import org.jspecify.annotations.NullMarked;
