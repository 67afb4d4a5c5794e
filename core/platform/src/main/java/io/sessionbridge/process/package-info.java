/** Child processes with all their descendants, on Linux. */
@NullMarked
package io.sessionbridge.process;

import org.jspecify.annotations.NullMarked;
