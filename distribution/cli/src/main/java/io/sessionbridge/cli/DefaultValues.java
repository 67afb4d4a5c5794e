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
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The effective values that a configuration does not contain: the defaults of its absent keys, or
 * what a preset sets them to, one line each. Keys without either are omitted, and so are absent
 * sections that are disabled.
 */
final class DefaultValues {

  /** The values of a sink's preset, by key. */
  private record Preset(String name, Map<String, String> values) {

    static final Preset NONE = new Preset("", Map.of());
  }

  private final Plugins plugins;
  private final List<String> lines = new ArrayList<>();

  private DefaultValues(Plugins plugins) {
    this.plugins = plugins;
  }

  /** For a valid configuration. */
  static List<String> of(ConfigMapping top, Plugins plugins) {
    DefaultValues values = new DefaultValues(plugins);
    values.addAll("", Optional.of(top), ConfigKeys.top(), Preset.NONE);
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
      addAll(path, Optional.of(entry), source.config().keys(), Preset.NONE);
    }
  }

  private void addSink(String path, ConfigMapping entry) {
    SinkFactory<?> sink = text(entry, "type").map(plugins.sinks()::get).orElse(null);
    if (sink == null) {
      return;
    }
    Preset preset =
        text(entry, "preset")
            .filter(sink.presets()::containsKey)
            .map(name -> new Preset(name, sink.presetValues(name)))
            .orElse(Preset.NONE);
    String usual = sink.defaultFormat(entry);
    if (entry.child(sink.formatKey()).isEmpty()) {
      add(path, sink.formatKey(), Optional.of(usual), preset);
    }
    addAll(path, Optional.of(entry), sink.config().keys(), preset);
    addAll(path, Optional.of(entry), SinkSettings.spec(sink.batchEvents()).keys(), Preset.NONE);
    FormatFactory<?> format = plugins.formats().get(text(entry, sink.formatKey()).orElse(usual));
    if (format != null) {
      addAll(path, Optional.of(entry), format.config().keys(), Preset.NONE);
    }
  }

  private static Optional<String> text(ConfigMapping entry, String key) {
    return entry.child(key).flatMap(ConfigNode::text);
  }

  /** The mapping is empty for an absent section whose defaults apply. */
  private void addAll(
      String path, Optional<ConfigMapping> mapping, List<Key<?>> keys, Preset preset) {
    for (Key<?> key : keys) {
      KeyDescription about = key.description();
      Optional<ConfigNode> node = mapping.flatMap(there -> there.child(key.name()));
      Optional<ConfigMapping> section = node.flatMap(ConfigNode::mapping);
      boolean read = node.isEmpty() ? key.isSectionOfDefaults() : section.isPresent();
      if (!about.keys().isEmpty() && read) {
        addAll(path + key.name() + ".", section, about.keys(), Preset.NONE);
      } else if (node.isEmpty()) {
        add(path, key.name(), about.defaultText(), preset);
      }
    }
  }

  private void add(String path, String key, Optional<String> usual, Preset preset) {
    String set = preset.values().get(key);
    if (set != null) {
      lines.add(path + key + ": " + set + "  (preset " + preset.name() + ")");
    } else {
      usual.ifPresent(value -> lines.add(path + key + ": " + value + "  (default)"));
    }
  }
}
