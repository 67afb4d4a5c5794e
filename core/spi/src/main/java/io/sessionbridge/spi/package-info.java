/**
 * What a plug-in is written against. A source turns what a system says into observations; a sink
 * takes batches of encoded events; a format makes bytes of an event. Everything hard (durability,
 * retrying, order, counting) is the core's.
 *
 * <p>{@link io.sessionbridge.spi.Stable} and {@link io.sessionbridge.spi.Evolving} say what a later
 * version may change.
 *
 * <p>A new sink is four classes ({@code XModule, XSinkFactory, XSinkConfig, XSink}), a service
 * entry {@code META-INF/services/io.sessionbridge.spi.PluginModule} and a page.
 */
@NullMarked
package io.sessionbridge.spi;

import org.jspecify.annotations.NullMarked;
