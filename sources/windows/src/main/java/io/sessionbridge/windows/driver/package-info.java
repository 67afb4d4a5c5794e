/**
 * Reads the session changes that SessionBridge's kernel driver keeps. The interface of the driver
 * is described in its header, {@code sessionbridge.h}.
 */
@NullMarked
package io.sessionbridge.windows.driver;

import org.jspecify.annotations.NullMarked;
