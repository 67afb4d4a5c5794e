/** What the kernel tells a driver of sessions: created, connected, logged on, and their ends. */
@NullMarked
package io.sessionbridge.source.kernel;

import org.jspecify.annotations.NullMarked;
