/** The built-in formats: CloudEvents, structured and binary, flat JSON, and a sentence. */
@NullMarked
package io.sessionbridge.format;

import org.jspecify.annotations.NullMarked;
