package io.sessionbridge.config.type;

import io.sessionbridge.config.Key;
import io.sessionbridge.config.tree.ConfigNode;
import java.util.List;
import java.util.Optional;

/**
 * A mapping with its own specification, or {@code false}.
 *
 * @param off the value for {@code false}
 */
public record SwitchedSectionType<S>(SectionType<S> section, S off) implements ValueType<S> {

  @Override
  public String word() {
    return "mapping or false";
  }

  @Override
  public List<Key<?>> keys() {
    return section.keys();
  }

  @Override
  public Optional<S> read(ConfigNode node, ParseContext reading) {
    if (node.text().isEmpty()) {
      return section.read(node, reading);
    }
    if (node.text().get().equals("false")) {
      return Optional.of(off);
    }
    reading.refuse(node, "must be a mapping of key to value, or false");
    return Optional.empty();
  }

  @Override
  public String write(S value) {
    return "";
  }
}
