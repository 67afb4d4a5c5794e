/** Session changes that Windows posts to a window. */
@NullMarked
package io.sessionbridge.source.wts;

import org.jspecify.annotations.NullMarked;
