/**
 * The message-only window through which Windows reports session changes, and the use of a window
 * that the program already has.
 */
@NullMarked
package io.sessionbridge.windows.window;

import org.jspecify.annotations.NullMarked;
