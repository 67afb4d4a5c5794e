/**
 * Session notifications of Windows. Needs JNA only, so that any program can use it.
 *
 * <p>Start with {@link io.sessionbridge.windows.window.SessionWindow}. Classes that call Windows
 * contain no other logic; pure classes decode and translate.
 */
@NullMarked
package io.sessionbridge.windows;

import org.jspecify.annotations.NullMarked;
