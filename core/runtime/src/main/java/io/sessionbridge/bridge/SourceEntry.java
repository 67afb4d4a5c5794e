package io.sessionbridge.bridge;

import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import java.util.Optional;
import java.util.function.Function;

/**
 * A source of the configuration, ready to be made.
 *
 * @param endless why it never comes to its end although others of its type do; see {@link
 *     io.sessionbridge.spi.SourceFactory#endless}
 * @param create no I/O
 */
public record SourceEntry(
    String id, String type, Optional<String> endless, Function<SourceContext, Source> create) {

  SourceEntry(String id, String type, Function<SourceContext, Source> create) {
    this(id, type, Optional.empty(), create);
  }
}
