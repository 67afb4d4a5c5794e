/**
 * Reads the session changes that SessionBridge's kernel driver keeps. The header {@code
 * sessionbridge.h} describes its interface.
 */
@NullMarked
package io.sessionbridge.windows.driver;

import org.jspecify.annotations.NullMarked;
