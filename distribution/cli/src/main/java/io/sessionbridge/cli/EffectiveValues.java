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
 * The values of a configuration, a line each, with the file and the line where it stands. People
 * paste them into tickets, so what may hold a secret is left out: what stands under the name of
 * one, what follows {@code ?} in a URL, and the arguments of a command.
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
      // the secret itself belongs into that file, but some write it here
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

  /** Signatures and tokens stand there, under names that nobody can list. */
  private static String withoutQuery(String text) {
    int query = text.indexOf('?');
    return query >= 0 && text.contains("://") ? text.substring(0, query + 1) + "***" : text;
  }
}
