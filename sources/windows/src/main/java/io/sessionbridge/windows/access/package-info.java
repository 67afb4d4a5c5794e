/**
 * Finds who can change files and folders, and protects the data folder. Pure classes evaluate
 * access lists; {@code io.sessionbridge.windows.access.NativeFileSecurity} calls Windows.
 */
@NullMarked
package io.sessionbridge.windows.access;

import org.jspecify.annotations.NullMarked;
