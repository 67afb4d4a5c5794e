package io.sessionbridge.spi;

import io.sessionbridge.config.ConfigSpec;
import java.util.List;

/** A factory for a format without keys. */
record PlainFormatFactory(String description, EventFormat format)
    implements FormatFactory<PlainFormatFactory.None> {

  record None() {}

  @Override
  public ConfigSpec<None> config() {
    return new ConfigSpec<>(List.of(), values -> new None());
  }

  @Override
  public EventFormat create(None config) {
    return format;
  }
}
