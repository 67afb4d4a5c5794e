/** Publishes events and the host's presence to an MQTT broker, with Eclipse Paho. */
@NullMarked
package io.sessionbridge.sink.mqtt;

import org.jspecify.annotations.NullMarked;
