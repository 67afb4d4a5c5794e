/** Topics: names, templates, and what MQTT allows in a string. */
@NullMarked
package io.sessionbridge.sink.mqtt.topic;

import org.jspecify.annotations.NullMarked;
