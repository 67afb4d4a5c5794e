package io.sessionbridge.config.type;

import io.sessionbridge.config.EntryId;
import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.config.tree.ConfigNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Entries by id, such as {@code sinks}. If an id or an entry is invalid, the entries that are
 * mappings are still returned, so that the problems of their keys are reported in the same run.
 */
public final class EntriesType implements ValueType<Map<String, ConfigMapping>> {

  @Override
  public String word() {
    return "mapping of id to entry";
  }

  @Override
  public Optional<Map<String, ConfigMapping>> read(ConfigNode node, ParseContext reading) {
    Optional<ConfigMapping> mapping = node.mapping();
    if (mapping.isEmpty()) {
      reading.refuse(node, "must be a " + word());
      return Optional.empty();
    }
    Map<String, ConfigMapping> entries = new LinkedHashMap<>();
    mapping.get().entries().forEach((id, entry) -> add(id, entry, entries, reading));
    return Optional.of(Collections.unmodifiableMap(entries));
  }

  private static void add(
      String id, ConfigNode entry, Map<String, ConfigMapping> entries, ParseContext reading) {
    EntryId.fault(id).ifPresent(fault -> reading.problems().add(entry.place(), fault));
    entry
        .mapping()
        .ifPresentOrElse(
            mapping -> entries.put(id, mapping),
            () -> reading.refuse(entry, "must be a mapping of key to value"));
  }

  @Override
  public String write(Map<String, ConfigMapping> value) {
    return String.join(", ", value.keySet());
  }
}
