/** Who owns the threads of the core, and what follows when one ends by a defect. */
@NullMarked
package io.sessionbridge.supervision;

import org.jspecify.annotations.NullMarked;
