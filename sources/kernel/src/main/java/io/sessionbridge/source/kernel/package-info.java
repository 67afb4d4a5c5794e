/** Session changes that the kernel reports to SessionBridge's driver. */
@NullMarked
package io.sessionbridge.source.kernel;

import org.jspecify.annotations.NullMarked;
