/**
 * What Windows tells a program about user sessions. Needs JNA only, so that any program can use it.
 *
 * <p>Start with {@link io.sessionbridge.windows.window.SessionWindow}. Classes that call Windows
 * only call and free; what a number means is decided by pure ones.
 */
@NullMarked
package io.sessionbridge.windows;

import org.jspecify.annotations.NullMarked;
