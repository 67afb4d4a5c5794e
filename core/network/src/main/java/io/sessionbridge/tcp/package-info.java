/** What sinks over TCP share. */
@NullMarked
package io.sessionbridge.tcp;

import org.jspecify.annotations.NullMarked;
