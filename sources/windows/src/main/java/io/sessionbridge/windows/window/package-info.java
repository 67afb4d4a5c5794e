/**
 * Receives session changes through a message-only window, or through an existing window of the
 * program.
 */
@NullMarked
package io.sessionbridge.windows.window;

import org.jspecify.annotations.NullMarked;
