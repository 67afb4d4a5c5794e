package io.sessionbridge.config.tree;

import io.sessionbridge.config.Place;
import java.util.List;
import java.util.Optional;

/**
 * A value of the configuration file and its place. A scalar is always text: what {@code no}, {@code
 * 0123} or {@code 1e3} means is decided by the key, never by YAML.
 */
public sealed interface ConfigNode permits ConfigMapping, ConfigList, ConfigText, ConfigEmpty {

  Place place();

  /** The value found, as the end of a message: {@code was a list}, {@code was 0}. */
  String found();

  /** This node as a mapping; {@link ConfigEmpty} counts as a mapping without entries. */
  default Optional<ConfigMapping> mapping() {
    return Optional.empty();
  }

  /** This node as a list. */
  default Optional<List<ConfigNode>> items() {
    return Optional.empty();
  }

  /** This node as text. */
  default Optional<String> text() {
    return Optional.empty();
  }
}
