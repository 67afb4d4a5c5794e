package io.sessionbridge.cli;

import io.sessionbridge.config.Key;
import io.sessionbridge.config.KeyDescription;
import java.util.ArrayList;
import java.util.List;

/** Formats configuration keys for a terminal: name and type, then the meaning below. */
final class KeyTable {

  private static final int WIDTH = 100;
  private static final int NAME_WIDTH = 24;

  private final List<String> lines = new ArrayList<>();

  List<String> lines() {
    return lines;
  }

  KeyTable add(List<Key<?>> keys) {
    add(keys, "  ");
    return this;
  }

  /** Adds a key that is declared elsewhere. */
  KeyTable add(String name, String facts, String meaning) {
    add("  ", name, facts, meaning);
    return this;
  }

  private void add(List<Key<?>> keys, String indent) {
    for (Key<?> key : keys) {
      KeyDescription about = key.description();
      add(indent, about.name(), facts(about), about.meaning());
      add(about.keys(), indent + "    ");
    }
  }

  private void add(String indent, String name, String facts, String meaning) {
    String start = String.format("%s%-" + NAME_WIDTH + "s ", indent, name);
    String below = " ".repeat(start.length());
    for (String line : wrap(facts, WIDTH - start.length())) {
      lines.add(start + line);
      start = below;
    }
    if (meaning.isEmpty()) {
      return;
    }
    for (String line : wrap(meaning, WIDTH - start.length())) {
      lines.add(below + line);
    }
  }

  private static String facts(KeyDescription about) {
    StringBuilder facts = new StringBuilder(typeAndRange(about));
    if (about.required()) {
      facts.append(", required");
    }
    about.defaultText().ifPresent(text -> facts.append("; default ").append(text));
    return facts.toString();
  }

  private static String typeAndRange(KeyDescription about) {
    if (about.range().isEmpty()) {
      return about.type();
    }
    return switch (about.type()) {
      case "word" -> "one of " + about.range();
      case "list of word" -> "list of some of " + about.range();
      default -> about.type() + ", " + about.range();
    };
  }

  private static List<String> wrap(String text, int width) {
    List<String> wrapped = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        wrapped.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    wrapped.add(line.toString());
    return wrapped;
  }
}
