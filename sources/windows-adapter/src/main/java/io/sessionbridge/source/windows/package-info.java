/**
 * What the sources of Windows share: how its numbers become events, and who is behind a session.
 */
@NullMarked
package io.sessionbridge.source.windows;

import org.jspecify.annotations.NullMarked;
