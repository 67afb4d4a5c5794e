package io.sessionbridge.cli;

import io.sessionbridge.bridge.ConfigKeys;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.KeyDescription;
import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.config.tree.ConfigNode;
import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.spi.FormatFactory;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.spi.SourceFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What counts of a configuration without being written in it: the defaults of the keys that it does
 * not have, a line each. A key without a default has no line; neither has an absent section that is
 * off.
 */
final class DefaultValues {

  private final Plugins plugins;
  private final List<String> lines = new ArrayList<>();

  private DefaultValues(Plugins plugins) {
    this.plugins = plugins;
  }

  /** Of a configuration that was read without a problem. */
  static List<String> of(ConfigMapping top, Plugins plugins) {
    DefaultValues values = new DefaultValues(plugins);
    values.addAll("", Optional.of(top), ConfigKeys.top(), "");
    values.entries(top, "sources", values::addSource);
    values.entries(top, "sinks", values::addSink);
    return values.lines;
  }

  private void entries(ConfigMapping top, String key, BiConsumer<String, ConfigMapping> add) {
    top.child(key)
        .flatMap(ConfigNode::mapping)
        .ifPresent(
            all ->
                all.entries()
                    .forEach(
                        (id, node) ->
                            node.mapping()
                                .ifPresent(entry -> add.accept(key + "." + id + ".", entry))));
  }

  private void addSource(String path, ConfigMapping entry) {
    SourceFactory<?> source = text(entry, "type").map(plugins.sources()::get).orElse(null);
    if (source != null) {
      addAll(path, Optional.of(entry), source.config().keys(), "");
    }
  }

  private void addSink(String path, ConfigMapping entry) {
    SinkFactory<?> sink = text(entry, "type").map(plugins.sinks()::get).orElse(null);
    if (sink == null) {
      return;
    }
    String usual = sink.defaultFormat(entry);
    if (entry.child(sink.formatKey()).isEmpty()) {
      add(path + sink.formatKey(), usual, "");
    }
    // A preset is told by a key of its own; which others it sets is known to the sink alone.
    String but =
        text(entry, "preset")
            .filter(sink.presets()::containsKey)
            .map(preset -> " unless the preset sets it: " + sink.presets().get(preset))
            .orElse("");
    addAll(path, Optional.of(entry), sink.config().keys(), but);
    addAll(path, Optional.of(entry), SinkSettings.spec(sink.batchEvents()).keys(), "");
    FormatFactory<?> format = plugins.formats().get(text(entry, sink.formatKey()).orElse(usual));
    if (format != null) {
      addAll(path, Optional.of(entry), format.config().keys(), "");
    }
  }

  private static Optional<String> text(ConfigMapping entry, String key) {
    return entry.child(key).flatMap(ConfigNode::text);
  }

  /** With an empty mapping where a section is absent, and yet has its defaults. */
  private void addAll(String path, Optional<ConfigMapping> mapping, List<Key<?>> keys, String but) {
    for (Key<?> key : keys) {
      KeyDescription about = key.description();
      Optional<ConfigNode> node = mapping.flatMap(there -> there.child(key.name()));
      Optional<ConfigMapping> section = node.flatMap(ConfigNode::mapping);
      boolean read = node.isEmpty() ? key.isSectionOfDefaults() : section.isPresent();
      if (!about.keys().isEmpty() && read) {
        addAll(path + key.name() + ".", section, about.keys(), but);
      } else if (node.isEmpty()) {
        about.defaultText().ifPresent(text -> add(path + key.name(), text, but));
      }
    }
  }

  private void add(String path, String value, String but) {
    lines.add(path + ": " + value + "  (default" + but + ")");
  }
}
