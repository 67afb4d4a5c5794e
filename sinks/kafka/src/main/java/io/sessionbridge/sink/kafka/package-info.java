/** Sends events to Apache Kafka with settings that lose no events. */
@NullMarked
package io.sessionbridge.sink.kafka;

import org.jspecify.annotations.NullMarked;
