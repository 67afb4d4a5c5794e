/** Text that comes from outside and becomes part of a message or of a line. */
@NullMarked
package io.sessionbridge.text;

import org.jspecify.annotations.NullMarked;
