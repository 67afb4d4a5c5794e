/** The types that a value may have: each checks a value, names the problem and describes itself. */
@NullMarked
package io.sessionbridge.config.type;

import org.jspecify.annotations.NullMarked;
