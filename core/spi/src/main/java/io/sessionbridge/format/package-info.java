/** The formats that need no plug-in: CloudEvents, structured and binary, and flat JSON. */
@NullMarked
package io.sessionbridge.format;

import org.jspecify.annotations.NullMarked;
