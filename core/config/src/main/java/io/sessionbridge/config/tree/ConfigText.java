package io.sessionbridge.config.tree;

import io.sessionbridge.config.Place;
import java.util.Optional;

/** A scalar as written, without its quotes. */
public record ConfigText(Place place, String value) implements ConfigNode {

  @Override
  public String found() {
    return Shown.text(value);
  }

  @Override
  public Optional<String> text() {
    return Optional.of(value);
  }
}
