/** TCP connections for sinks: dialing, proxies, timeouts. */
@NullMarked
package io.sessionbridge.tcp;

import org.jspecify.annotations.NullMarked;
