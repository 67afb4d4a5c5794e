package io.sessionbridge.cli;

import io.sessionbridge.config.Place;
import io.sessionbridge.config.SecretText;
import io.sessionbridge.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.List;

/** The values of a configuration, a line each, with the file and the line where it stands. */
final class EffectiveValues {

  private final List<String> lines = new ArrayList<>();

  private EffectiveValues() {}

  static List<String> of(ConfigNode top) {
    EffectiveValues values = new EffectiveValues();
    values.add(top);
    return values.lines;
  }

  private void add(ConfigNode node) {
    if (node.items().isPresent()) {
      node.items().get().forEach(this::add);
      return;
    }
    if (node.text().isPresent()) {
      add(node.place(), node.text().get());
      return;
    }
    node.mapping().ifPresent(mapping -> mapping.entries().values().forEach(this::add));
  }

  private void add(Place place, String text) {
    String shown = SecretText.isUnder(place.path()) ? "(not shown)" : SecretText.maskedValue(text);
    lines.add(place.path() + ": " + shown + "  (" + place.file() + ":" + place.line() + ")");
  }
}
