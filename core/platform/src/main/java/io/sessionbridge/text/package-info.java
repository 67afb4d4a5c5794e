/** Untrusted text in messages and lines. */
@NullMarked
package io.sessionbridge.text;

import org.jspecify.annotations.NullMarked;
