/** Shared by the Windows sources: translates Windows codes into events, and looks up sessions. */
@NullMarked
package io.sessionbridge.source.windows;

import org.jspecify.annotations.NullMarked;
