/** How a configuration names users and hosts: in any case, {@code *} for any text. */
@NullMarked
package io.sessionbridge.pattern;

import org.jspecify.annotations.NullMarked;
