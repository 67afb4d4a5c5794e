package io.sessionbridge.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value in a configuration file, with the place where it stands.
 *
 * <p>Every single value is text here; the key that reads it decides what it means, so that YAML's
 * guesses ({@code no}, {@code 0123}, {@code 1e3}) never surprise anybody.
 */
public sealed interface ConfigNode {

  /** The place of a value. */
  record Place(String file, Path folder, int line, String path) {

    Place at(int newLine, String child) {
      return new Place(file, folder, newLine, path.isEmpty() ? child : path + "." + child);
    }
  }

  /** A single value. */
  record Text(Place place, String value) implements ConfigNode {}

  /** Values in order. */
  record Items(Place place, List<ConfigNode> values) implements ConfigNode {}

  /** Values by key, in the order of the file. */
  record Section(Place place, Map<String, ConfigNode> values) implements ConfigNode {

    public Optional<ConfigNode> child(String key) {
      return Optional.ofNullable(values.get(key));
    }
  }

  /** A key with nothing behind it. */
  record Nothing(Place place) implements ConfigNode {}

  Place place();

  default String file() {
    return place().file();
  }

  /** From 1. */
  default int line() {
    return place().line();
  }

  /** Dotted, for instance {@code sinks.lake.batch_bytes}; empty for the whole file. */
  default String path() {
    return place().path();
  }

  /** What stands there, for a message that ends with {@code was ...}. */
  default String found() {
    if (this instanceof Text text) {
      return text.value();
    }
    if (this instanceof Items) {
      return "a list";
    }
    return this instanceof Section ? "a section" : "empty";
  }
}
