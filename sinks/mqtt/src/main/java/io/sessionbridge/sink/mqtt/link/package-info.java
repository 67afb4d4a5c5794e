/** A connection as the rest of the sink sees it, whatever library stands behind it. */
@NullMarked
package io.sessionbridge.sink.mqtt.link;

import org.jspecify.annotations.NullMarked;
