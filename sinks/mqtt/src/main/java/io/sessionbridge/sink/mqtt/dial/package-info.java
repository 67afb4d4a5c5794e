/**
 * The way to the broker before MQTT is spoken: proxy, TLS, WebSocket, and a guard against packets
 * that are too long.
 */
@NullMarked
package io.sessionbridge.sink.mqtt.dial;

import org.jspecify.annotations.NullMarked;
