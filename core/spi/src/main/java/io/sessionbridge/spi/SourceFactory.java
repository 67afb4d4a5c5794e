package io.sessionbridge.spi;

import io.sessionbridge.config.ConfigSpec;

/**
 * Makes the sources of one type. One factory lives as long as the agent; it has no state.
 *
 * @param <C> the configuration, a record
 */
public interface SourceFactory<C> {

  /** One line for {@code sessionbridge plugins}. */
  String description();

  /** The keys of an entry, besides {@code type}. */
  ConfigSpec<C> config();

  /** A source for one entry. No I/O, no threads: those begin with {@link Source#start}. */
  Source create(SourceContext context, C config);
}
