package io.sessionbridge.cli;

import io.sessionbridge.config.Place;
import io.sessionbridge.config.SecretText;
import io.sessionbridge.config.tree.ConfigNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values of a configuration, one per line, with file and line number. Users paste them into
 * tickets, so possible secrets are omitted: values of keys named like a secret, everything after
 * {@code ?} in a URL, and the arguments of commands.
 */
final class EffectiveValues {

  private static final String HIDDEN = "(not shown)";

  private final List<String> lines = new ArrayList<>();

  private EffectiveValues() {}

  static List<String> of(ConfigNode top) {
    EffectiveValues values = new EffectiveValues();
    values.add(top);
    return values.lines;
  }

  private void add(ConfigNode node) {
    Optional<List<ConfigNode>> items = node.items();
    if (items.isPresent() && isCommand(node.place())) {
      addCommand(items.get());
    } else if (items.isPresent()) {
      items.get().forEach(this::add);
    } else if (node.text().isPresent()) {
      add(node.place(), shown(node.place(), node.text().get()));
    } else {
      node.mapping().ifPresent(mapping -> mapping.entries().values().forEach(this::add));
    }
  }

  private static boolean isCommand(Place place) {
    return place.path().endsWith(".run");
  }

  private void addCommand(List<ConfigNode> words) {
    if (words.isEmpty()) {
      return;
    }
    Place place = words.get(0).place();
    String program = words.get(0).text().map(text -> shown(place, text)).orElse(HIDDEN);
    int arguments = words.size() - 1;
    add(place, program + (arguments == 0 ? "" : " and " + Counted.of(arguments, "argument")));
  }

  private void add(Place place, String shown) {
    lines.add(place.path() + ": " + shown + "  (" + place.file() + ":" + place.line() + ")");
  }

  private static String shown(Place place, String text) {
    if (place.path().endsWith("_file")) {
      // some users put the secret here instead of the path
      return isThere(place, text) ? text : "(not shown: no such file)";
    }
    return SecretText.isUnder(place.path()) ? HIDDEN : SecretText.maskedValue(withoutQuery(text));
  }

  private static boolean isThere(Place place, String text) {
    try {
      return Files.exists(Path.of(place.file()).resolveSibling(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Queries may contain signatures and tokens under any name. */
  private static String withoutQuery(String text) {
    int query = text.indexOf('?');
    return query >= 0 && text.contains("://") ? text.substring(0, query + 1) + "***" : text;
  }
}
