/**
 * The other side of {@code sessionbridge demo}: a real Kafka broker in a JVM of its own, so that it
 * can be killed, and the recorded day that is sent to it. The agent never has this on its class
 * path.
 */
@NullMarked
package io.sessionbridge.demo;

import org.jspecify.annotations.NullMarked;
