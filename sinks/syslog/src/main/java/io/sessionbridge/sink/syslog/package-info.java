/**
 * Sends events as syslog messages: {@link io.sessionbridge.sink.syslog.Rfc5424} makes the message,
 * a transport takes it to the receiver. Nothing but the JDK.
 */
@NullMarked
package io.sessionbridge.sink.syslog;

import org.jspecify.annotations.NullMarked;
