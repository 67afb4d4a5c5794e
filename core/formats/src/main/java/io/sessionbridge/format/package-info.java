/**
 * The formats that need no plug-in: CloudEvents, structured and binary, flat JSON, and a sentence.
 */
@NullMarked
package io.sessionbridge.format;

import org.jspecify.annotations.NullMarked;
