package io.sessionbridge.config.type;

import static java.util.stream.Collectors.joining;

import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.config.tree.ConfigNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping of text to text, in the order of the file, such as settings that are passed through.
 */
public final class MapType implements ValueType<Map<String, String>> {

  @Override
  public String word() {
    return "mapping of text to text";
  }

  @Override
  public Optional<Map<String, String>> read(ConfigNode node, ParseContext reading) {
    Optional<ConfigMapping> mapping = node.mapping();
    if (mapping.isEmpty()) {
      reading.refuse(node, "must be a " + word());
      return Optional.empty();
    }
    Map<String, ConfigNode> entries = mapping.get().entries();
    Map<String, String> values = new LinkedHashMap<>();
    entries.forEach(
        (name, value) ->
            value
                .text()
                .ifPresentOrElse(
                    text -> values.put(name, text), () -> reading.refuse(value, "must be text")));
    return values.size() == entries.size()
        ? Optional.of(Collections.unmodifiableMap(values))
        : Optional.empty();
  }

  @Override
  public String write(Map<String, String> value) {
    return value.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(joining(", ", "{", "}"));
  }
}
