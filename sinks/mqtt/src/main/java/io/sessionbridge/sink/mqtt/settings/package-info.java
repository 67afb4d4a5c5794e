/** The configuration of the broker and the connection to it. */
@NullMarked
package io.sessionbridge.sink.mqtt.settings;

import org.jspecify.annotations.NullMarked;
