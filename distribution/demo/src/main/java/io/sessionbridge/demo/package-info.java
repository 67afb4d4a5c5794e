/**
 * The other side of {@code sessionbridge demo}: a real Kafka broker, a real MQTT broker and a
 * receiver of syslog, each in a JVM of its own, so that it can be taken away, and the recorded day
 * that is sent to them. The agent never has this on its class path.
 */
@NullMarked
package io.sessionbridge.demo;

import org.jspecify.annotations.NullMarked;
