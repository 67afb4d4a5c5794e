/** The client library. Nothing outside this package knows of it but who makes a transport. */
@NullMarked
package io.sessionbridge.sink.mqtt.paho;

import org.jspecify.annotations.NullMarked;
