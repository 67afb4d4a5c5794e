/**
 * Decoders of structures that Windows returns, for the layout of 64-bit Windows. Pure: each reads
 * memory that its caller owns.
 */
@NullMarked
package io.sessionbridge.windows.session.decode;

import org.jspecify.annotations.NullMarked;
