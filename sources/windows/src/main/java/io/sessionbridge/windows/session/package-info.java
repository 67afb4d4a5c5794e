/**
 * Who is behind a session, what this machine is, and {@link
 * io.sessionbridge.windows.session.SessionMonitor}, with which a program hears both.
 *
 * <p>What calls Windows is apart from what says what its bytes mean: the latter is pure and takes
 * the layout of 64-bit Windows.
 */
@NullMarked
package io.sessionbridge.windows.session;

import org.jspecify.annotations.NullMarked;
