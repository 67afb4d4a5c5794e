/** Tells which personal data goes where, and finds pseudonyms. */
@NullMarked
package io.sessionbridge.cli.privacy;

import org.jspecify.annotations.NullMarked;
