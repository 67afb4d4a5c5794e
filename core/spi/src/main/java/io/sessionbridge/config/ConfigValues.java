package io.sessionbridge.config;

import io.sessionbridge.config.ConfigNode.Section;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The values of one section, each of the right type and in its range. */
public final class ConfigValues {

  private final Section section;
  private final Map<Key<?>, Object> values;
  private final Problems problems;

  ConfigValues(Section section, Map<Key<?>, Object> values, Problems problems) {
    this.section = section;
    this.values = values;
    this.problems = problems;
  }

  /** The value of a key that is required or has a default. */
  public <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> new NoSuchElementException(key + " has no value"));
  }

  /** The value of a key that may be missing. */
  @SuppressWarnings("unchecked") // a key puts in what it takes out
  public <T> Optional<T> find(Key<T> key) {
    Object value = values.get(key);
    if (value == null) {
      value = key.defaultValue();
    }
    return Optional.ofNullable((T) value);
  }

  /** True if the key stands in the file. */
  public boolean given(Key<?> key) {
    return values.containsKey(key);
  }

  /** States a problem that only several keys together have; the text follows the key's path. */
  public void problem(Key<?> key, String text) {
    ConfigNode node = section.values().get(key.name());
    if (node == null) {
      problems.add(section.file(), section.line(), childPath(key.name()) + " " + text);
      return;
    }
    problems.add(node, text);
  }

  /** States a problem with one entry of a key that holds names and values. */
  public void problem(Key<?> key, String entry, String text) {
    if (section.values().get(key.name()) instanceof Section entries) {
      entries.child(entry).ifPresent(node -> problems.add(node, text));
      return;
    }
    problem(key, text);
  }

  private String childPath(String name) {
    return section.path().isEmpty() ? name : section.path() + "." + name;
  }
}
