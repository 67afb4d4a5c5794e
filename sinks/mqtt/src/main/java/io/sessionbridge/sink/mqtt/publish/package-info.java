/** Publishing: batches of events, and the retained state. */
@NullMarked
package io.sessionbridge.sink.mqtt.publish;

import org.jspecify.annotations.NullMarked;
