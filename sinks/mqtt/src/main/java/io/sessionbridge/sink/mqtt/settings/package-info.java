/** What the configuration says of the broker and the way to it. */
@NullMarked
package io.sessionbridge.sink.mqtt.settings;

import org.jspecify.annotations.NullMarked;
