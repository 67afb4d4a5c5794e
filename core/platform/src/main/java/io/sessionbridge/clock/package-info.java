/** Time, and waiting for it, behind one seam. */
@NullMarked
package io.sessionbridge.clock;

import org.jspecify.annotations.NullMarked;
