/** Tests of the files for SIEM systems. */
@NullMarked
package io.sessionbridge.siem;

import org.jspecify.annotations.NullMarked;
