package io.sessionbridge.spi;

import io.sessionbridge.config.ConfigSpec;

/**
 * Creates formats; bound to a name.
 *
 * @param <C> the configuration, a record, read from the sink's entry
 */
@Stable
public interface FormatFactory<C> {

  /** One line for {@code sessionbridge plugins}. */
  String description();

  /** The keys that the format adds to the sink's entry. */
  ConfigSpec<C> config();

  EventFormat create(C config);
}
