/**
 * Sends events as syslog messages: {@link io.sessionbridge.sink.syslog.Rfc5424} writes the header,
 * a transport sends the message to the receiver. Uses only the JDK.
 */
@NullMarked
package io.sessionbridge.sink.syslog;

import org.jspecify.annotations.NullMarked;
