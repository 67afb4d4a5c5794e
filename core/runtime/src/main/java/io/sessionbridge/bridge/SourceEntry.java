package io.sessionbridge.bridge;

import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import java.util.function.Function;

/**
 * A source of the configuration, ready to be made.
 *
 * @param create no I/O
 */
public record SourceEntry(String id, String type, Function<SourceContext, Source> create) {}
