/** Programs with all that they start, under Linux. */
@NullMarked
package io.sessionbridge.process;

import org.jspecify.annotations.NullMarked;
