package io.sessionbridge.config.tree;

import io.sessionbridge.config.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Entries by name, in the order of the file. */
public final class ConfigMapping implements ConfigNode {
  private final Place place;
  private final Map<String, ConfigNode> entries;

  ConfigMapping(Place place, Map<String, ConfigNode> entries) {
    this.place = place;
    this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  @Override
  public Place place() {
    return place;
  }

  /** The entries, in the order of the file. */
  public Map<String, ConfigNode> entries() {
    return entries;
  }

  public Optional<ConfigNode> child(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** The place of an entry; if it is absent, its path with the line of this mapping. */
  public Place place(String name) {
    return child(name).map(ConfigNode::place).orElseGet(() -> place.child(name, place.line()));
  }

  /**
   * Returns this mapping overlaid by another one. Mappings under the same key are merged. A key
   * without a value replaces nothing, and any value replaces it. Otherwise the upper value wins.
   *
   * @param replaced receives the places of the winning and of the overridden value
   */
  public ConfigMapping under(ConfigMapping upper, BiConsumer<Place, Place> replaced) {
    Map<String, ConfigNode> all = new LinkedHashMap<>(entries);
    upper.entries.forEach(
        (name, value) ->
            all.merge(
                name,
                value,
                (below, above) -> {
                  if (below instanceof ConfigMapping one && above instanceof ConfigMapping other) {
                    return one.under(other, replaced);
                  }
                  if (above instanceof ConfigEmpty) {
                    return below; // a section whose keys are all commented out
                  }
                  if (below instanceof ConfigEmpty) {
                    return above;
                  }
                  replaced.accept(above.place(), below.place());
                  return above;
                }));
    return new ConfigMapping(place, all);
  }

  @Override
  public String found() {
    return "a mapping";
  }

  @Override
  public Optional<ConfigMapping> mapping() {
    return Optional.of(this);
  }
}
