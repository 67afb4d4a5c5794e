package io.sessionbridge.testkit;

import io.sessionbridge.config.Key;
import io.sessionbridge.config.KeyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds the key table of a plug-in's page against the keys that the plug-in reads. A row is {@code
 * | `key` | type, range | default | meaning |}.
 */
public final class KeyTable {

  private KeyTable() {}

  /** The rows that the page should have and has not. */
  public static List<String> missingFrom(Path page, List<Key<?>> keys) throws IOException {
    List<String> lines = Files.readAllLines(page);
    return keys.stream().map(KeyTable::row).filter(row -> !lines.contains(row)).toList();
  }

  /** The row of a key, as the page must have it. */
  public static String row(Key<?> key) {
    KeyDescription about = key.description();
    String type = about.range().isEmpty() ? about.type() : about.type() + ": " + about.range();
    String value =
        about.required()
            ? "required"
            : about.defaultText().map(text -> "`" + text + "`").orElse("-");
    return "| `" + about.name() + "` | " + type + " | " + value + " | " + about.meaning() + " |";
  }
}
