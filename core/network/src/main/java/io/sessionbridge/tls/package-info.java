/**
 * TLS for sinks: the keys that all of them share, what stands in the files, and sockets that check
 * whom they talk to. Nothing but the JDK's own TLS.
 */
@NullMarked
package io.sessionbridge.tls;

import org.jspecify.annotations.NullMarked;
