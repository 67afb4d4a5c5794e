package io.sessionbridge.config.tree;

import io.sessionbridge.config.Place;
import java.util.Map;
import java.util.Optional;

/** The value of a key followed by nothing, {@code ~} or {@code null}. */
public record ConfigEmpty(Place place) implements ConfigNode {

  @Override
  public String found() {
    return "empty";
  }

  @Override
  public Optional<ConfigMapping> mapping() {
    return Optional.of(new ConfigMapping(place, Map.of()));
  }
}
