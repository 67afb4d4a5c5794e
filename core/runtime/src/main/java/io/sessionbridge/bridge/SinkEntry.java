package io.sessionbridge.bridge;

import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import java.util.function.Function;

/**
 * A sink of the configuration, ready to be made.
 *
 * @param create no I/O
 */
public record SinkEntry(
    String id,
    String type,
    SinkSettings settings,
    EventFormat format,
    Function<SinkContext, Sink> create) {}
