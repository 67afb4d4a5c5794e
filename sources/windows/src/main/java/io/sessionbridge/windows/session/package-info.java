/**
 * Facts about sessions and the machine, and {@link
 * io.sessionbridge.windows.session.SessionMonitor}, which reports them with each change.
 *
 * <p>Classes that call Windows are separate from those that decode its structures: the latter are
 * pure and assume the layout of 64-bit Windows.
 */
@NullMarked
package io.sessionbridge.windows.session;

import org.jspecify.annotations.NullMarked;
