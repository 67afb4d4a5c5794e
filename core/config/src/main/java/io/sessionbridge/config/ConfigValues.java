package io.sessionbridge.config;

import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.config.tree.ConfigNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of one mapping, passed to the function of a {@link ConfigSpec}, which turns them into
 * a record and checks keys against each other. Valid only during that call.
 */
public final class ConfigValues {
  private final ConfigMapping mapping;
  private final Problems problems;
  private final Map<Key<?>, Object> values = new HashMap<>();
  private final Set<Key<?>> read = new HashSet<>();
  private boolean sound = true;

  ConfigValues(ConfigMapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  /** The value of a key that is required or has a default. */
  public <T> T get(Key<T> key) {
    return find(key)
        .orElseThrow(() -> new IllegalArgumentException(key + " is optional: use find"));
  }

  /** The value; empty for an optional key that is absent. */
  @SuppressWarnings("unchecked") // only read() puts values in, each under its own key
  public <T> Optional<T> find(Key<T> key) {
    if (!read.contains(key)) {
      throw new IllegalArgumentException(key + " is not among the keys of this specification");
    }
    return Optional.ofNullable((T) values.get(key));
  }

  /** Whether the file contains the key; false if the value is its default. */
  public boolean given(Key<?> key) {
    return mapping.child(key.name()).isPresent();
  }

  /** Reports a problem between this key and others: {@code needs ca_file}. */
  public void problem(Key<?> key, String text) {
    report(mapping.place(key.name()), text);
  }

  /** Reports a problem of one entry of a {@link Key#properties} key, at its line. */
  public void problem(Key<?> key, String entry, String text) {
    Place whole = mapping.place(key.name());
    report(
        mapping
            .child(key.name())
            .flatMap(ConfigNode::mapping)
            .map(entries -> entries.place(entry))
            .orElseGet(() -> whole.child(entry, whole.line())),
        text);
  }

  /** Reads all keys; each reports its own problems. */
  void readAll(List<Key<?>> keys) {
    keys.forEach(this::read);
  }

  /** Whether each key has a value or needs none. */
  boolean hasAll(List<Key<?>> keys) {
    return read.containsAll(keys);
  }

  /** Whether no problem was reported through this object. */
  boolean isSound() {
    return sound;
  }

  void report(Place place, String text) {
    sound = false;
    problems.add(place, text);
  }

  private void read(Key<?> key) {
    Optional<?> value = key.read(mapping, problems);
    value.ifPresent(present -> values.put(key, present));
    if (value.isPresent() || (key.isOptional() && !given(key))) {
      read.add(key);
    }
  }
}
