/**
 * TLS for sinks: common keys, certificate and key files, and sockets that authenticate the peer.
 * Uses only the JDK's TLS.
 */
@NullMarked
package io.sessionbridge.tls;

import org.jspecify.annotations.NullMarked;
