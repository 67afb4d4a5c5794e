/**
 * Calls to Windows about sessions, users and the machine. They call, check the result and free;
 * {@link io.sessionbridge.windows.session.decode} decodes the bytes. Internal to this library.
 */
@NullMarked
package io.sessionbridge.windows.session.calls;

import org.jspecify.annotations.NullMarked;
