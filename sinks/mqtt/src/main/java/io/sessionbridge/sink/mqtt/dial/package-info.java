/**
 * The connection below MQTT: proxy, TLS, WebSocket, and a guard against packets that are too long.
 */
@NullMarked
package io.sessionbridge.sink.mqtt.dial;

import org.jspecify.annotations.NullMarked;
