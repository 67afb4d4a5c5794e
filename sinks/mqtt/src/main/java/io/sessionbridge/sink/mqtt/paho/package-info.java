/** The client library. Only the class that creates a transport refers to this package. */
@NullMarked
package io.sessionbridge.sink.mqtt.paho;

import org.jspecify.annotations.NullMarked;
