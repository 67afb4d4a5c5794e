/** Sends events to Apache Kafka with the settings that lose nothing. */
@NullMarked
package io.sessionbridge.sink.kafka;

import org.jspecify.annotations.NullMarked;
