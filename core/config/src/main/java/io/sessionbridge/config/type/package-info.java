/** The types of values. Each type checks a value, reports its problems and describes itself. */
@NullMarked
package io.sessionbridge.config.type;

import org.jspecify.annotations.NullMarked;
