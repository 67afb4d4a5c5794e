/**
 * Who may change files and folders, and a folder that nobody but the system may change. What an
 * access list means is decided by classes that call nothing of Windows; {@code
 * io.sessionbridge.windows.access.NativeFileSecurity} calls.
 */
@NullMarked
package io.sessionbridge.windows.access;

import org.jspecify.annotations.NullMarked;
