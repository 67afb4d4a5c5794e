/** Session changes as Windows posts them to a window. */
@NullMarked
package io.sessionbridge.source.wts;

import org.jspecify.annotations.NullMarked;
