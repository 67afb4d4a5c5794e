/** Puts the parts together: configuration, assembly, start and stop. */
@NullMarked
package io.sessionbridge.bridge;

import org.jspecify.annotations.NullMarked;
