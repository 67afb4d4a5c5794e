package io.sessionbridge.config.tree;

import io.sessionbridge.config.Place;
import java.util.List;
import java.util.Optional;

/** A list, in the order of the file. */
public record ConfigList(Place place, List<ConfigNode> all) implements ConfigNode {

  public ConfigList {
    all = List.copyOf(all);
  }

  @Override
  public String found() {
    return all.isEmpty() ? "[]" : "a list";
  }

  @Override
  public Optional<List<ConfigNode>> items() {
    return Optional.of(all);
  }
}
