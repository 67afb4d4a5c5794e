/** Tests of the installer for Windows. */
@NullMarked
package io.sessionbridge.msi;

import org.jspecify.annotations.NullMarked;
