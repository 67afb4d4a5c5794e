package io.sessionbridge.config.type;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.tree.ConfigNode;
import java.util.List;
import java.util.Optional;

/** A mapping with its own specification. */
public record SectionType<S>(ConfigSpec<S> spec) implements ValueType<S> {

  @Override
  public String word() {
    return "mapping";
  }

  @Override
  public List<Key<?>> keys() {
    return spec.keys();
  }

  @Override
  public Optional<S> read(ConfigNode node, ParseContext reading) {
    return spec.read(node, reading.problems());
  }

  @Override
  public String write(S value) {
    return "";
  }
}
