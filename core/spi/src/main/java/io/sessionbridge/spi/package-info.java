/**
 * The interfaces for plug-ins. A source turns what a system reports into observations; a sink
 * delivers batches of encoded events; a format encodes events. The core does the hard parts:
 * durability, retries, order, counting.
 *
 * <p>{@link io.sessionbridge.spi.Stable} and {@link io.sessionbridge.spi.Evolving} define what a
 * later version may change.
 *
 * <p>A new sink is four classes ({@code XModule, XSinkFactory, XSinkConfig, XSink}), a service
 * entry {@code META-INF/services/io.sessionbridge.spi.PluginModule} and a page.
 */
@NullMarked
package io.sessionbridge.spi;

import org.jspecify.annotations.NullMarked;
