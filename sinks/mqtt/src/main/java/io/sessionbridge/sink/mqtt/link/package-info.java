/** A connection, independent of the client library. */
@NullMarked
package io.sessionbridge.sink.mqtt.link;

import org.jspecify.annotations.NullMarked;
